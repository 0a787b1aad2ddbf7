<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>CommandLine</name>
        <message>
            <source>--frame: expected a frame number from 0</source>
            <translation>--frame：应为从 0 开始的帧号</translation>
        </message>
        <message>
            <source>--size: expected WIDTHxHEIGHT, at least 200x200</source>
            <translation>--size：应为 WIDTHxHEIGHT，至少 200x200</translation>
        </message>
        <message>
            <source>Desktop workbench for 3D human pose</source>
            <translation>三维人体姿态桌面工作台</translation>
        </message>
        <message>
            <source>Video, folder of pictures or .poselift project to open</source>
            <translation>要打开的视频、图片文件夹或 .poselift 项目</translation>
        </message>
        <message>
            <source>The same as FILE.</source>
            <translation>与 FILE 相同。</translation>
        </message>
        <message>
            <source>Write a picture of the window to OUT and leave.</source>
            <translation>将窗口画面写入 OUT 后退出。</translation>
        </message>
        <message>
            <source>Frame that the screenshot shows.</source>
            <translation>截图所显示的帧。</translation>
        </message>
        <message>
            <source>Size of the window in the screenshot.</source>
            <translation>截图中窗口的尺寸。</translation>
        </message>
        <message>
            <source>Run a bench (startup) and leave.</source>
            <translation>运行基准测试（startup）后退出。</translation>
        </message>
        <message>
            <source>The bench prints JSON lines.</source>
            <translation>基准测试输出 JSON 行。</translation>
        </message>
        <message>
            <source>light, dark or system, for this start only.</source>
            <translation>light、dark 或 system，仅对本次启动有效。</translation>
        </message>
        <message>
            <source>Language for this start only, for example en or zh_CN.</source>
            <translation>仅对本次启动有效的语言，例如 en 或 zh_CN。</translation>
        </message>
        <message>
            <source>expected one FILE</source>
            <translation>只能有一个 FILE</translation>
        </message>
        <message>
            <source>--bench: expected startup</source>
            <translation>--bench：应为 startup</translation>
        </message>
    </context>
    <context>
        <name>Error</name>
        <message>
            <source>The job was cancelled.</source>
            <translation>任务已取消。</translation>
        </message>
        <message>
            <source>Internal error: {detail}.</source>
            <translation>内部错误：{detail}。</translation>
        </message>
        <message>
            <source>{path}: this file does not exist.</source>
            <translation>{path}：文件不存在。</translation>
        </message>
        <message>
            <source>{path}: expected {expected}, found a folder.</source>
            <translation>{path}：应为{expected}，实际是文件夹。</translation>
        </message>
        <message>
            <source>{path}: cannot be read: {detail}.</source>
            <translation>{path}：无法读取：{detail}。</translation>
        </message>
        <message>
            <source>{path}: cannot be written: {detail}. The file that was there before is unchanged.</source>
            <translation>{path}：无法写入：{detail}。原有文件没有改变。</translation>
        </message>
        <message>
            <source>{path}: was written, but the disk did not confirm it: {detail}. Save again, or save to another disk.</source>
            <translation>{path}：已写入，但磁盘未确认：{detail}。请再次保存，或保存到其他磁盘。</translation>
        </message>
        <message>
            <source>{path}: expected {expected}, found {found}.</source>
            <translation>{path}：应为{expected}，实际为{found}。</translation>
        </message>
        <message>
            <source>{path}: the file is cut short or damaged: {detail}.</source>
            <translation>{path}：文件不完整或已损坏：{detail}。</translation>
        </message>
        <message>
            <source>{path}: was written by a newer version (format {found}); this program reads up to format {expected}. The file was not changed.</source>
            <translation>{path}：由更新的版本写入（格式 {found}）；本程序最高支持格式 {expected}。文件未被改动。</translation>
        </message>
        <message>
            <source>{path}: dataset or attribute '{name}' is missing.</source>
            <translation>{path}：缺少数据集或属性“{name}”。</translation>
        </message>
        <message>
            <source>{path}: dataset '{name}' has shape {found}, expected {expected}.</source>
            <translation>{path}：数据集“{name}”的形状为 {found}，应为 {expected}。</translation>
        </message>
        <message>
            <source>{path}: '{name}' holds a value that is not a finite number.</source>
            <translation>{path}：“{name}”含有非有限数值。</translation>
        </message>
        <message>
            <source>{path}: is open in another window (process {found}); it was opened read-only.</source>
            <translation>{path}：已在另一个窗口中打开（进程 {found}）；现以只读方式打开。</translation>
        </message>
        <message>
            <source>{path}: expected a video or a folder of pictures, found something else ({detail}).</source>
            <translation>{path}：应为视频或图片文件夹，实际是其他内容（{detail}）。</translation>
        </message>
        <message>
            <source>{path}: expected a video stream, found only {found}.</source>
            <translation>{path}：应含视频流，实际只有{found}。</translation>
        </message>
        <message>
            <source>{path}: expected at least one frame, found none.</source>
            <translation>{path}：至少应有一帧，实际一帧也没有。</translation>
        </message>
        <message>
            <source>{path}: this program has no decoder for the codec '{found}'.</source>
            <translation>{path}：本程序没有编码格式“{found}”的解码器。</translation>
        </message>
        <message>
            <source>{path}: frame {found} was asked for, expected 0 to {expected}.</source>
            <translation>{path}：请求了第 {found} 帧，有效范围为 0 到 {expected}。</translation>
        </message>
        <message>
            <source>{path}: frame {frame} cannot be decoded: {detail}.</source>
            <translation>{path}：第 {frame} 帧无法解码：{detail}。</translation>
        </message>
        <message>
            <source>Unknown skeleton '{found}'; known are {expected}.</source>
            <translation>未知骨架“{found}”；已知的有 {expected}。</translation>
        </message>
        <message>
            <source>{path}: the joint order is not known. Expected one of: {expected}. Found: {found}.</source>
            <translation>{path}：关节顺序未知。应为以下之一：{expected}。实际为：{found}。</translation>
        </message>
        <message>
            <source>Skeleton '{name}' cannot be mapped: expected the joints {expected}, found {found}.</source>
            <translation>骨架“{name}”无法映射：应有关节 {expected}，实际为 {found}。</translation>
        </message>
        <message>
            <source>No 2D detector is installed. Install one with: poselift-cli models install FOLDER (README, section "Detectors", names files to download).</source>
            <translation>尚未安装二维检测器。请用以下命令安装：poselift-cli models install FOLDER（README 的“Detectors”一节列出了可下载的文件）。</translation>
        </message>
        <message>
            <source>No lifting model is installed; expected one in {expected}.</source>
            <translation>尚未安装三维提升模型；应位于 {expected}。</translation>
        </message>
        <message>
            <source>Model '{found}' is not installed; installed are: {expected}.</source>
            <translation>模型“{found}”未安装；已安装的有：{expected}。</translation>
        </message>
        <message>
            <source>{path}: this file (sha256 {found}) is not one that this program knows. Put it into a folder with a model.json that has the fields {expected}, then install the folder.</source>
            <translation>{path}：本程序不认识此文件（sha256 {found}）。请将它与含有字段 {expected} 的 model.json 放入同一文件夹，然后安装该文件夹。</translation>
        </message>
        <message>
            <source>{path}: expected a folder with a model.json or with weights that this program knows, found neither. A model.json has the fields {expected}.</source>
            <translation>{path}：应为含有 model.json 或本程序认识的权重的文件夹，两者均未找到。model.json 含有字段 {expected}。</translation>
        </message>
        <message>
            <source>{path}: field '{name}': expected {expected}, found {found}.</source>
            <translation>{path}：字段“{name}”：应为{expected}，实际为{found}。</translation>
        </message>
        <message>
            <source>{path}: the sha256 does not match its manifest: expected {expected}, found {found}.</source>
            <translation>{path}：sha256 与清单不符：应为 {expected}，实际为 {found}。</translation>
        </message>
        <message>
            <source>{path}: the network cannot be loaded: {detail}.</source>
            <translation>{path}：无法加载网络：{detail}。</translation>
        </message>
        <message>
            <source>{path}: this version of OpenCV ({version}) cannot run the operator '{name}' of the network.</source>
            <translation>{path}：此版本的 OpenCV（{version}）无法运行网络中的算子“{name}”。</translation>
        </message>
        <message>
            <source>{path}: the network's output '{name}': expected {expected}, found {found}.</source>
            <translation>{path}：网络输出“{name}”：应为{expected}，实际为{found}。</translation>
        </message>
        <message>
            <source>{path}: the network failed: {detail}.</source>
            <translation>{path}：网络运行失败：{detail}。</translation>
        </message>
        <message>
            <source>Argument {name}: expected {expected}, found {found}.</source>
            <translation>参数 {name}：应为{expected}，实际为{found}。</translation>
        </message>
        <message>
            <source>The worker speaks protocol version {found}, expected {expected}.</source>
            <translation>后台进程的协议版本为 {found}，应为 {expected}。</translation>
        </message>
        <message>
            <source>The worker protocol: expected {expected}, found {found}.</source>
            <translation>后台进程协议：应为{expected}，实际为{found}。</translation>
        </message>
        <message>
            <source>The background worker stopped unexpectedly ({detail}). Nothing was lost; start it again to go on.</source>
            <translation>后台进程意外停止（{detail}）。没有丢失任何内容；重新启动即可继续。</translation>
        </message>
        <message>
            <source>Training stopped at step {step}: the loss is not a finite number (batch of {name}).</source>
            <translation>训练在第 {step} 步停止：损失不是有限数值（批次来自 {name}）。</translation>
        </message>
        <message>
            <source>{path}: is open in another window (process {found}); close it there or choose another name. The file was not changed.</source>
            <translation>{path}：已在另一个窗口中打开（进程 {found}）；请在那里关闭它，或另选名称。文件未被改动。</translation>
        </message>
        <message>
            <source>{path}: expected a project of the video {expected}, found one of {found}. The file was not changed; choose another name.</source>
            <translation>{path}：应为视频 {expected} 的项目，实际是 {found} 的项目。文件未被改动；请另选名称。</translation>
        </message>
        <message>
            <source>{path}: this journal of edits is in use by another window.</source>
            <translation>{path}：此编辑日志正被另一个窗口使用。</translation>
        </message>
        <message>
            <source>{path}: the journal of edits cannot be read: {detail}.</source>
            <translation>{path}：无法读取编辑日志：{detail}。</translation>
        </message>
        <message>
            <source>{path}: the last edits could not be put on the disk: {detail}. They are still in memory; make room, or save the project to another disk.</source>
            <translation>{path}：最近的编辑无法写入磁盘：{detail}。它们仍在内存中；请腾出空间，或将项目保存到另一个磁盘。</translation>
        </message>
        <message>
            <source>{path}: this journal of edits does not go with the project. It was not used and is kept as {found}.</source>
            <translation>{path}：此编辑日志与项目不匹配。未使用它，已保留为 {found}。</translation>
        </message>
        <message>
            <source>The folder of {path} cannot keep a journal of edits ({detail}). Until you save, the edits are kept in {found}.</source>
            <translation>{path} 所在的文件夹无法保存编辑日志（{detail}）。在您保存之前，编辑保存在 {found}。</translation>
        </message>
    </context>
    <context>
        <name>Joint</name>
        <message>
            <source>nose</source>
            <translation>鼻</translation>
        </message>
        <message>
            <source>left eye</source>
            <translation>左眼</translation>
        </message>
        <message>
            <source>right eye</source>
            <translation>右眼</translation>
        </message>
        <message>
            <source>left ear</source>
            <translation>左耳</translation>
        </message>
        <message>
            <source>right ear</source>
            <translation>右耳</translation>
        </message>
        <message>
            <source>left shoulder</source>
            <translation>左肩</translation>
        </message>
        <message>
            <source>right shoulder</source>
            <translation>右肩</translation>
        </message>
        <message>
            <source>left elbow</source>
            <translation>左肘</translation>
        </message>
        <message>
            <source>right elbow</source>
            <translation>右肘</translation>
        </message>
        <message>
            <source>left wrist</source>
            <translation>左腕</translation>
        </message>
        <message>
            <source>right wrist</source>
            <translation>右腕</translation>
        </message>
        <message>
            <source>left hand</source>
            <translation>左手</translation>
        </message>
        <message>
            <source>right hand</source>
            <translation>右手</translation>
        </message>
        <message>
            <source>left hip</source>
            <translation>左髋</translation>
        </message>
        <message>
            <source>right hip</source>
            <translation>右髋</translation>
        </message>
        <message>
            <source>left knee</source>
            <translation>左膝</translation>
        </message>
        <message>
            <source>right knee</source>
            <translation>右膝</translation>
        </message>
        <message>
            <source>left ankle</source>
            <translation>左踝</translation>
        </message>
        <message>
            <source>right ankle</source>
            <translation>右踝</translation>
        </message>
        <message>
            <source>left foot</source>
            <translation>左脚</translation>
        </message>
        <message>
            <source>right foot</source>
            <translation>右脚</translation>
        </message>
        <message>
            <source>left toe</source>
            <translation>左脚趾</translation>
        </message>
        <message>
            <source>right toe</source>
            <translation>右脚趾</translation>
        </message>
        <message>
            <source>left big toe</source>
            <translation>左大脚趾</translation>
        </message>
        <message>
            <source>right big toe</source>
            <translation>右大脚趾</translation>
        </message>
        <message>
            <source>left small toe</source>
            <translation>左小脚趾</translation>
        </message>
        <message>
            <source>right small toe</source>
            <translation>右小脚趾</translation>
        </message>
        <message>
            <source>left heel</source>
            <translation>左脚跟</translation>
        </message>
        <message>
            <source>right heel</source>
            <translation>右脚跟</translation>
        </message>
        <message>
            <source>left collar</source>
            <translation>左锁骨内端</translation>
        </message>
        <message>
            <source>right collar</source>
            <translation>右锁骨内端</translation>
        </message>
        <message>
            <source>left clavicle</source>
            <translation>左锁骨</translation>
        </message>
        <message>
            <source>right clavicle</source>
            <translation>右锁骨</translation>
        </message>
        <message>
            <source>head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>head top</source>
            <translation>头顶</translation>
        </message>
        <message>
            <source>neck</source>
            <translation>颈</translation>
        </message>
        <message>
            <source>neck base</source>
            <translation>颈根</translation>
        </message>
        <message>
            <source>upper neck</source>
            <translation>上颈</translation>
        </message>
        <message>
            <source>thorax</source>
            <translation>胸</translation>
        </message>
        <message>
            <source>spine</source>
            <translation>脊柱</translation>
        </message>
        <message>
            <source>spine1</source>
            <translation>脊柱 1</translation>
        </message>
        <message>
            <source>spine2</source>
            <translation>脊柱 2</translation>
        </message>
        <message>
            <source>spine3</source>
            <translation>脊柱 3</translation>
        </message>
        <message>
            <source>spine4</source>
            <translation>脊柱 4</translation>
        </message>
        <message>
            <source>pelvis</source>
            <translation>骨盆</translation>
        </message>
        <message>
            <source>hip</source>
            <translation>髋</translation>
        </message>
        <message>
            <source>mid hip</source>
            <translation>髋中点</translation>
        </message>
        <message>
            <source>mid shoulder</source>
            <translation>肩中点</translation>
        </message>
        <message>
            <source>root</source>
            <translation>根</translation>
        </message>
    </context>
    <context>
        <name>poselift::Actions</name>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>Open a &amp;Folder of Pictures…</source>
            <translation>打开图片文件夹(&amp;F)…</translation>
        </message>
        <message>
            <source>Open &amp;Recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>Recent files</source>
            <translation>最近的文件</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>保存(&amp;S)</translation>
        </message>
        <message>
            <source>Save &amp;As…</source>
            <translation>另存为(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Camera…</source>
            <translation>相机(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Analyse</source>
            <translation>分析(&amp;A)</translation>
        </message>
        <message>
            <source>Detect and &amp;Lift People</source>
            <translation>检测并提升为三维(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Detect People Only</source>
            <translation>仅检测人物(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Re-Lift to 3D</source>
            <translation>重新提升为三维(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Cancel All Jobs</source>
            <translation>取消所有任务(&amp;C)</translation>
        </message>
        <message>
            <source>Restart the &amp;Worker</source>
            <translation>重启后台进程(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Play or Pause</source>
            <translation>播放或暂停(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Next Frame</source>
            <translation>下一帧(&amp;N)</translation>
        </message>
        <message>
            <source>P&amp;revious Frame</source>
            <translation>上一帧(&amp;R)</translation>
        </message>
        <message>
            <source>10 Frames Forward</source>
            <translation>前进 10 帧</translation>
        </message>
        <message>
            <source>10 Frames Back</source>
            <translation>后退 10 帧</translation>
        </message>
        <message>
            <source>100 Frames Forward</source>
            <translation>前进 100 帧</translation>
        </message>
        <message>
            <source>100 Frames Back</source>
            <translation>后退 100 帧</translation>
        </message>
        <message>
            <source>&amp;First Frame</source>
            <translation>第一帧(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Last Frame</source>
            <translation>最后一帧(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Go to Frame</source>
            <translation>转到帧(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Slower</source>
            <translation>减速(&amp;S)</translation>
        </message>
        <message>
            <source>Fas&amp;ter</source>
            <translation>加速(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Fit</source>
            <translation>适应窗口(&amp;F)</translation>
        </message>
        <message>
            <source>Zoom &amp;In</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;Out</source>
            <translation>缩小(&amp;O)</translation>
        </message>
        <message>
            <source>One &amp;Pixel per Pixel</source>
            <translation>实际像素大小(&amp;P)</translation>
        </message>
        <message>
            <source>Joint &amp;Names</source>
            <translation>关节名称(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Hide the Overlay</source>
            <translation>隐藏叠加层(&amp;H)</translation>
        </message>
        <message>
            <source>Numbers of P&amp;eople</source>
            <translation>人物编号(&amp;E)</translation>
        </message>
        <message>
            <source>3D from the &amp;Camera</source>
            <translation>三维：相机视角(&amp;C)</translation>
        </message>
        <message>
            <source>3D from the F&amp;ront</source>
            <translation>三维：正面(&amp;R)</translation>
        </message>
        <message>
            <source>3D from the &amp;Side</source>
            <translation>三维：侧面(&amp;S)</translation>
        </message>
        <message>
            <source>3D from &amp;Above</source>
            <translation>三维：俯视(&amp;A)</translation>
        </message>
        <message>
            <source>3D Follo&amp;ws the Chosen Person</source>
            <translation>三维视图跟随所选人物(&amp;W)</translation>
        </message>
        <message>
            <source>Zoom the Timeline In</source>
            <translation>放大时间轴</translation>
        </message>
        <message>
            <source>Zoom the Timeline Out</source>
            <translation>缩小时间轴</translation>
        </message>
        <message>
            <source>Show the Whole Timeline</source>
            <translation>显示整个时间轴</translation>
        </message>
        <message>
            <source>Co&amp;lours of Left and Right</source>
            <translation>左右颜色(&amp;L)</translation>
        </message>
        <message>
            <source>Colours of left and right</source>
            <translation>左右颜色</translation>
        </message>
        <message>
            <source>The&amp;me</source>
            <translation>主题(&amp;M)</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Lan&amp;guage</source>
            <translation>语言(&amp;G)</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Panels an&amp;d Toolbars</source>
            <translation>面板和工具栏(&amp;D)</translation>
        </message>
        <message>
            <source>Panels and toolbars</source>
            <translation>面板和工具栏</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Keys and Mouse</source>
            <translation>按键和鼠标(&amp;K)</translation>
        </message>
        <message>
            <source>Open the &amp;Sample</source>
            <translation>打开示例(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;About Poselift</source>
            <translation>关于 Poselift(&amp;A)</translation>
        </message>
    </context>
    <context>
        <name>poselift::CameraDialog</name>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>%1 × %2 px</source>
            <translation>%1 × %2 像素</translation>
        </message>
        <message>
            <source>Picture size</source>
            <translation>画面尺寸</translation>
        </message>
        <message>
            <source> px</source>
            <translation> 像素</translation>
        </message>
        <message>
            <source>Focal length x</source>
            <translation>焦距 x</translation>
        </message>
        <message>
            <source>Focal length y</source>
            <translation>焦距 y</translation>
        </message>
        <message>
            <source>Horizontal angle of view</source>
            <translation>水平视角</translation>
        </message>
        <message>
            <source>Principal point x</source>
            <translation>主点 x</translation>
        </message>
        <message>
            <source>Principal point y</source>
            <translation>主点 y</translation>
        </message>
        <message>
            <source>Radial distortion k%1</source>
            <translation>径向畸变 k%1</translation>
        </message>
        <message>
            <source>Tangential distortion p%1</source>
            <translation>切向畸变 p%1</translation>
        </message>
        <message>
            <source>Assume</source>
            <translation>使用假定值</translation>
        </message>
        <message>
            <source>A focal length of 1.2 times the longer side, no distortion</source>
            <translation>焦距取长边的 1.2 倍，无畸变</translation>
        </message>
        <message>
            <source>Assumed: nobody has measured this camera. Distances in 3D are only as good as this guess.</source>
            <translation>假定值：该相机未经标定，三维距离的准确程度取决于这一估计。</translation>
        </message>
        <message>
            <source>Given: these values are used as they are.</source>
            <translation>给定值：按原样使用。</translation>
        </message>
        <message>
            <source>%1°</source>
            <translation>%1°</translation>
        </message>
    </context>
    <context>
        <name>poselift::DocumentController</name>
        <message>
            <source>Saved %1</source>
            <translation>已保存 %1</translation>
        </message>
        <message>
            <source>Unsaved changes</source>
            <translation>未保存的更改</translation>
        </message>
        <message>
            <source>“%1” has changes that are not saved.</source>
            <translation>“%1”有尚未保存的更改。</translation>
        </message>
        <message>
            <source>Without saving, the results since the last save are lost.</source>
            <translation>如果不保存，自上次保存以来的结果将会丢失。</translation>
        </message>
        <message>
            <source>Opening %1…</source>
            <translation>正在打开 %1…</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Videos, pictures and projects (%1)</source>
            <translation>视频、图片和项目 (%1)</translation>
        </message>
        <message>
            <source>Projects (%1)</source>
            <translation>项目 (%1)</translation>
        </message>
        <message>
            <source>All files (%1)</source>
            <translation>所有文件 (%1)</translation>
        </message>
        <message>
            <source>Open a Folder of Pictures</source>
            <translation>打开图片文件夹</translation>
        </message>
        <message>
            <source>Save Project</source>
            <translation>保存项目</translation>
        </message>
        <message>
            <source>Saving %1…</source>
            <translation>正在保存 %1…</translation>
        </message>
        <message>
            <source>Locate the Video of This Project</source>
            <translation>查找此项目的视频</translation>
        </message>
    </context>
    <context>
        <name>poselift::FrameView</name>
        <message>
            <source>Video frame with 2D overlay</source>
            <translation>带二维叠加层的视频帧</translation>
        </message>
        <message>
            <source>No video is open</source>
            <translation>没有打开的视频</translation>
        </message>
        <message>
            <source>occluded</source>
            <translation>被遮挡</translation>
        </message>
        <message>
            <source>visible</source>
            <translation>可见</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>detected</source>
            <translation>检测</translation>
        </message>
        <message>
            <source>corrected</source>
            <translation>已修正</translation>
        </message>
        <message>
            <source>interpolated</source>
            <translation>插值</translation>
        </message>
        <message>
            <source>from 3D</source>
            <translation>来自三维</translation>
        </message>
        <message>
            <source>triangulated</source>
            <translation>三角测量</translation>
        </message>
        <message>
            <source>%1 of person %2
Confidence %3, %4, %5</source>
            <translation>人物 %2 的%1
置信度 %3，%4，%5</translation>
        </message>
    </context>
    <context>
        <name>poselift::JobPanel</name>
        <message>
            <source>Background jobs</source>
            <translation>后台任务</translation>
        </message>
        <message>
            <source>List of background jobs</source>
            <translation>后台任务列表</translation>
        </message>
        <message>
            <source>No background jobs</source>
            <translation>没有后台任务</translation>
        </message>
    </context>
    <context>
        <name>poselift::JobRow</name>
        <message>
            <source>Reading the video's index</source>
            <translation>正在读取视频索引</translation>
        </message>
        <message>
            <source>Detecting people</source>
            <translation>正在检测人物</translation>
        </message>
        <message>
            <source>Following people</source>
            <translation>正在跟踪人物</translation>
        </message>
        <message>
            <source>Lifting to 3D</source>
            <translation>正在提升为三维</translation>
        </message>
        <message>
            <source>Writing the result</source>
            <translation>正在写入结果</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在加载模型</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>正在训练</translation>
        </message>
        <message numerus="yes">
            <source>about %n second(s) left</source>
            <translation>
                <numerusform>约剩 %n 秒</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s) left</source>
            <translation>
                <numerusform>约剩 %n 分钟</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n hour(s) left</source>
            <translation>
                <numerusform>约剩 %n 小时</numerusform>
            </translation>
        </message>
        <message>
            <source>Progress of: %1</source>
            <translation>进度：%1</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel: %1</source>
            <translation>取消：%1</translation>
        </message>
        <message>
            <source>Waiting for the worker</source>
            <translation>正在等待后台进程</translation>
        </message>
        <message>
            <source>%1: %2 of %3</source>
            <translation>%1：%2 / %3</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>正在取消…</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Dismiss: %1</source>
            <translation>移除：%1</translation>
        </message>
        <message>
            <source>Drawing the overlay video</source>
            <translation>正在绘制叠加视频</translation>
        </message>
        <message>
            <source>Making the sample</source>
            <translation>正在生成示例</translation>
        </message>
    </context>
    <context>
        <name>poselift::KeysDialog</name>
        <message>
            <source>Keys and Mouse</source>
            <translation>按键和鼠标</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>操作</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Picture and 3D: zoom at the cursor</source>
            <translation>画面和三维：以光标为中心缩放</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <source>Picture: move</source>
            <translation>画面：平移</translation>
        </message>
        <message>
            <source>Middle-drag or Space+drag</source>
            <translation>中键拖动或空格+拖动</translation>
        </message>
        <message>
            <source>3D: turn</source>
            <translation>三维：旋转</translation>
        </message>
        <message>
            <source>Left-drag</source>
            <translation>左键拖动</translation>
        </message>
        <message>
            <source>3D: move</source>
            <translation>三维：平移</translation>
        </message>
        <message>
            <source>Middle-drag or Shift+left-drag</source>
            <translation>中键拖动或 Shift+左键拖动</translation>
        </message>
        <message>
            <source>Timeline: scrub</source>
            <translation>时间轴：拖动浏览</translation>
        </message>
        <message>
            <source>Click or drag</source>
            <translation>单击或拖动</translation>
        </message>
        <message>
            <source>Timeline: zoom</source>
            <translation>时间轴：缩放</translation>
        </message>
        <message>
            <source>Timeline: scroll</source>
            <translation>时间轴：滚动</translation>
        </message>
        <message>
            <source>Shift+wheel</source>
            <translation>Shift+滚轮</translation>
        </message>
        <message>
            <source>Picture: move a joint</source>
            <translation>画面：移动关节</translation>
        </message>
        <message>
            <source>Picture: joint visible, occluded, absent</source>
            <translation>画面：关节可见、遮挡、不存在</translation>
        </message>
        <message>
            <source>Right click</source>
            <translation>右键单击</translation>
        </message>
        <message>
            <source>Picture: nudge the chosen joint by 1, 10 or 0.1 pixels</source>
            <translation>画面：将所选关节微移 1、10 或 0.1 像素</translation>
        </message>
        <message>
            <source>Arrows, Shift+arrows, Alt+arrows</source>
            <translation>方向键、Shift+方向键、Alt+方向键</translation>
        </message>
        <message>
            <source>Picture: next or previous joint of the chosen person</source>
            <translation>画面：所选人物的下一个或上一个关节</translation>
        </message>
        <message>
            <source>Tab, Shift+Tab</source>
            <translation>Tab、Shift+Tab</translation>
        </message>
    </context>
    <context>
        <name>poselift::LanguageController</name>
        <message>
            <source>As the &amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>The language changes when the application is started again.</source>
            <translation>语言将在下次启动应用程序时改变。</translation>
        </message>
    </context>
    <context>
        <name>poselift::LayerBar</name>
        <message>
            <source>Ground truth</source>
            <translation>真值</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>已校正</translation>
        </message>
        <message>
            <source>Lifted (%1)</source>
            <translation>提升 (%1)</translation>
        </message>
        <message>
            <source>3D layers</source>
            <translation>三维图层</translation>
        </message>
        <message>
            <source>3D</source>
            <translation>三维</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>对比</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>poselift::MainWindow</name>
        <message>
            <source>Poselift</source>
            <translation>Poselift</translation>
        </message>
        <message>
            <source>Detect and lift people</source>
            <translation>检测并提升为三维</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视角</translation>
        </message>
        <message>
            <source>Where the 3D view looks from</source>
            <translation>三维视图的观察方向</translation>
        </message>
        <message>
            <source>Camera of the video</source>
            <translation>视频的相机</translation>
        </message>
        <message>
            <source>x %1, y %2 px</source>
            <translation>x %1，y %2 像素</translation>
        </message>
        <message>
            <source>Jobs are running</source>
            <translation>任务正在运行</translation>
        </message>
        <message>
            <source>A background job is still running. Closing ends it without a result.</source>
            <translation>后台任务仍在运行。关闭将终止它，且不会得到结果。</translation>
        </message>
        <message>
            <source>Welcome. Open a video with Ctrl+O or drop it here, or look at the sample first.</source>
            <translation>欢迎使用。按 Ctrl+O 打开视频或将其拖放到此处，也可以先看看示例。</translation>
        </message>
        <message>
            <source>Open the Sample</source>
            <translation>打开示例</translation>
        </message>
        <message>
            <source>%1[*] (read-only) — Poselift</source>
            <translation>%1[*]（只读）— Poselift</translation>
        </message>
        <message>
            <source>%1[*] — Poselift</source>
            <translation>%1[*] — Poselift</translation>
        </message>
        <message>
            <source>Camera: focal length %1 px (assumed)</source>
            <translation>相机：焦距 %1 像素（假定）</translation>
        </message>
        <message>
            <source>Camera: focal length %1 px</source>
            <translation>相机：焦距 %1 像素</translation>
        </message>
        <message>
            <source>Edit the camera</source>
            <translation>编辑相机</translation>
        </message>
        <message>
            <source>The video of this project is not at %1. Its poses are there all the same.</source>
            <translation>此项目的视频不在 %1。姿态数据仍然可用。</translation>
        </message>
        <message>
            <source>Locate…</source>
            <translation>查找…</translation>
        </message>
        <message>
            <source>%1 is not the video that this project was made from: its frames have other times. The poses were kept, but may not fit.</source>
            <translation>%1 不是此项目原来使用的视频：帧的时间不同。姿态已保留，但可能不吻合。</translation>
        </message>
        <message>
            <source>Reading the video's index: %1 %</source>
            <translation>正在读取视频索引：%1 %</translation>
        </message>
        <message>
            <source>Restart the Worker</source>
            <translation>重启后台进程</translation>
        </message>
        <message>
            <source>Safe for the &amp;colour-blind (left blue, right dashed orange)</source>
            <translation>适合色觉障碍者：左蓝，右橙色虚线(&amp;C)</translation>
        </message>
        <message>
            <source>As &amp;MMPose (left green, right orange)</source>
            <translation>MMPose 配色：左绿右橙(&amp;M)</translation>
        </message>
        <message>
            <source>As &amp;VideoPose3D (right red)</source>
            <translation>VideoPose3D 配色：右红(&amp;V)</translation>
        </message>
        <message>
            <source>About Poselift</source>
            <translation>关于 Poselift</translation>
        </message>
        <message>
            <source>Poselift %1: 3D human pose from video.</source>
            <translation>Poselift %1：由视频得到三维人体姿态。</translation>
        </message>
        <message>
            <source>Licence: GNU General Public License, version 3 or later.
Worker: %1</source>
            <translation>许可证：GNU 通用公共许可证第 3 版或更高版本。
后台进程：%1</translation>
        </message>
        <message>
            <source>not running</source>
            <translation>未运行</translation>
        </message>
    </context>
    <context>
        <name>poselift::MessageBar</name>
        <message>
            <source>Message</source>
            <translation>消息</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>关闭此消息</translation>
        </message>
    </context>
    <context>
        <name>poselift::ModelChoice</name>
        <message>
            <source>Models and People</source>
            <translation>模型和人物</translation>
        </message>
        <message>
            <source>Models and people</source>
            <translation>模型和人物</translation>
        </message>
        <message>
            <source>Detector</source>
            <translation>检测器</translation>
        </message>
        <message>
            <source>Network that finds people and their 2D keypoints</source>
            <translation>查找人物及其二维关键点的网络</translation>
        </message>
        <message>
            <source>Lifter</source>
            <translation>提升模型</translation>
        </message>
        <message>
            <source>Network that lifts 2D keypoints to 3D</source>
            <translation>将二维关键点提升为三维的网络</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>人物</translation>
        </message>
        <message>
            <source>Person that the views follow</source>
            <translation>各视图所跟随的人物</translation>
        </message>
        <message>
            <source>asking the worker…</source>
            <translation>正在询问后台进程…</translation>
        </message>
        <message>
            <source>none installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>Everyone</source>
            <translation>所有人</translation>
        </message>
        <message>
            <source>Person %1</source>
            <translation>人物 %1</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
    </context>
    <context>
        <name>poselift::PainterSceneView</name>
        <message>
            <source>Why the 3D view is simplified</source>
            <translation>三维视图为何简化</translation>
        </message>
        <message>
            <source>Simplified 3D view without OpenGL</source>
            <translation>无 OpenGL 的简化三维视图</translation>
        </message>
    </context>
    <context>
        <name>poselift::PlaybackBar</name>
        <message>
            <source>Playback</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>First frame</source>
            <translation>第一帧</translation>
        </message>
        <message>
            <source>Previous frame</source>
            <translation>上一帧</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Next frame</source>
            <translation>下一帧</translation>
        </message>
        <message>
            <source>Last frame</source>
            <translation>最后一帧</translation>
        </message>
        <message>
            <source>Playback speed</source>
            <translation>播放速度</translation>
        </message>
        <message>
            <source>%1×</source>
            <translation>%1×</translation>
        </message>
        <message>
            <source>Current frame</source>
            <translation>当前帧</translation>
        </message>
        <message>
            <source>Current frame, counted from 0</source>
            <translation>当前帧，从 0 计数</translation>
        </message>
        <message>
            <source>Current time</source>
            <translation>当前时间</translation>
        </message>
        <message>
            <source>Current time; type m:ss.mmm to go there</source>
            <translation>当前时间；输入 m:ss.mmm 可转到该处</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>帧</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>of %1</source>
            <translation>/ %1</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
    </context>
    <context>
        <name>poselift::PoseDocument</name>
        <message>
            <source>Set the camera</source>
            <translation>设置相机</translation>
        </message>
    </context>
    <context>
        <name>poselift::RecentFiles</name>
        <message>
            <source>&amp;Clear This List</source>
            <translation>清除此列表(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>poselift::RunController</name>
        <message>
            <source>Detect and Lift People</source>
            <translation>检测并提升为三维</translation>
        </message>
        <message>
            <source>Detect and lift people in %1</source>
            <translation>检测 %1 中的人物并提升为三维</translation>
        </message>
        <message>
            <source>Detect People</source>
            <translation>检测人物</translation>
        </message>
        <message>
            <source>Detect people in %1</source>
            <translation>检测 %1 中的人物</translation>
        </message>
        <message>
            <source>Lift to 3D</source>
            <translation>提升为三维</translation>
        </message>
        <message>
            <source>Lift people in %1 to 3D</source>
            <translation>将 %1 中的人物提升为三维</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) found</source>
            <translation>
                <numerusform>找到 %n 个人物</numerusform>
            </translation>
        </message>
        <message>
            <source>Nobody was found in this video</source>
            <translation>在此视频中没有找到人物</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
    </context>
    <context>
        <name>poselift::SceneView</name>
        <message>
            <source>3D view of the people</source>
            <translation>人物的三维视图</translation>
        </message>
    </context>
    <context>
        <name>poselift::ScreenshotJob</name>
        <message>
            <source>the picture was not ready in time</source>
            <translation>画面未能及时准备好</translation>
        </message>
    </context>
    <context>
        <name>poselift::ThemeController</name>
        <message>
            <source>As the &amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
    </context>
    <context>
        <name>poselift::TimelineView</name>
        <message>
            <source>Timeline</source>
            <translation>时间轴</translation>
        </message>
        <message>
            <source>Frames of the video, with a strip of confidence for each person</source>
            <translation>视频的各帧，每个人物有一条置信度带</translation>
        </message>
        <message>
            <source>Scroll through the people</source>
            <translation>滚动浏览人物</translation>
        </message>
        <message>
            <source>Frame %1</source>
            <translation>第 %1 帧</translation>
        </message>
        <message>
            <source>Frame %1, %2</source>
            <translation>第 %1 帧，%2</translation>
        </message>
        <message>
            <source>%1 — %2: not seen</source>
            <translation>%1 — %2：未出现</translation>
        </message>
        <message>
            <source>%1 — %2: confidence %3</source>
            <translation>%1 — %2：置信度 %3</translation>
        </message>
    </context>
    <context>
        <name>poselift::ViewsController</name>
        <message>
            <source>The video of this project is not open</source>
            <translation>此项目的视频未打开</translation>
        </message>
    </context>
    <context>
        <name>poselift::WorkerClient</name>
        <message>
            <source>it did not introduce itself in time</source>
            <translation>未能及时应答</translation>
        </message>
        <message>
            <source>it was ended by a signal</source>
            <translation>被信号终止</translation>
        </message>
        <message>
            <source>exit code %1</source>
            <translation>退出码 %1</translation>
        </message>
        <message>
            <source>%1 cannot be started: %2</source>
            <translation>无法启动 %1：%2</translation>
        </message>
    </context>
    <context>
        <name>poselift::PoseEditor</name>
        <message numerus="yes">
            <source>Move %n keypoint(s)</source>
            <translation>
                <numerusform>移动 %n 个关键点</numerusform>
            </translation>
        </message>
        <message>
            <source>Place a keypoint</source>
            <translation>放置关键点</translation>
        </message>
        <message>
            <source>Paste a pose</source>
            <translation>粘贴姿态</translation>
        </message>
        <message>
            <source>Copy a keypoint from the previous frame</source>
            <translation>从上一帧复制关键点</translation>
        </message>
        <message>
            <source>Copy the pose from the previous frame</source>
            <translation>从上一帧复制姿态</translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) visible</source>
            <translation>
                <numerusform>将 %n 个关键点标为可见</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) occluded</source>
            <translation>
                <numerusform>将 %n 个关键点标为遮挡</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) absent</source>
            <translation>
                <numerusform>将 %n 个关键点标为不存在</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Lock %n keypoint(s)</source>
            <translation>
                <numerusform>锁定 %n 个关键点</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Unlock %n keypoint(s)</source>
            <translation>
                <numerusform>解锁 %n 个关键点</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete %n keypoint(s)</source>
            <translation>
                <numerusform>删除 %n 个关键点</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Swap left and right in %n frame(s)</source>
            <translation>
                <numerusform>在 %n 帧中交换左右</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Interpolate %n frame(s)</source>
            <translation>
                <numerusform>插值 %n 帧</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Smooth %n frame(s)</source>
            <translation>
                <numerusform>平滑 %n 帧</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Accept the predictions of %n frame(s)</source>
            <translation>
                <numerusform>接受 %n 帧的预测</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Refuse the predictions of %n frame(s)</source>
            <translation>
                <numerusform>拒绝 %n 帧的预测</numerusform>
            </translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>添加人物</translation>
        </message>
        <message>
            <source>Delete person %1</source>
            <translation>删除人物 %1</translation>
        </message>
        <message>
            <source>Swap persons %1 and %2 from here on</source>
            <translation>从此处起交换人物 %1 和 %2</translation>
        </message>
        <message>
            <source>Merge person %1 into person %2</source>
            <translation>将人物 %1 合并到人物 %2</translation>
        </message>
        <message>
            <source>Split person %1 here</source>
            <translation>在此处拆分人物 %1</translation>
        </message>
    </context>
    <context>
        <name>poselift::HistoryController</name>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Steps that can be undone and redone</source>
            <translation>可以撤销和重做的步骤</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
    </context>
    <context>
        <name>poselift::JournalController</name>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>All edits are on the disk again.</source>
            <translation>所有编辑已重新写入磁盘。</translation>
        </message>
        <message>
            <source>● Edits only in memory</source>
            <translation>● 编辑仅在内存中</translation>
        </message>
        <message>
            <source>● Writing edits…</source>
            <translation>● 正在写入编辑…</translation>
        </message>
        <message>
            <source>The last edits are not on the disk yet. Everything else is, saved or not.</source>
            <translation>最近的编辑尚未写入磁盘。其余内容无论是否保存都已在磁盘上。</translation>
        </message>
        <message numerus="yes">
            <source>%n edit(s) that were not saved the last time were recovered.</source>
            <translation>
                <numerusform>已恢复上次未保存的 %n 个编辑。</numerusform>
            </translation>
        </message>
        <message>
            <source>Edits that do not go with this project file</source>
            <translation>与此项目文件不匹配的编辑</translation>
        </message>
        <message>
            <source>There are edits that were made on another version of this project.</source>
            <translation>存在针对此项目另一版本所做的编辑。</translation>
        </message>
        <message>
            <source>The project file was restored from a copy or saved elsewhere since. The edits can be carried out on it now, and undone as usual. Otherwise they stay in %1.</source>
            <translation>此后项目文件已从副本恢复或在别处保存。现在可以对其执行这些编辑，并可照常撤销。否则它们保留在 %1。</translation>
        </message>
        <message>
            <source>Carry Out the Edits</source>
            <translation>执行这些编辑</translation>
        </message>
        <message>
            <source>Leave Them</source>
            <translation>保留不用</translation>
        </message>
        <message numerus="yes">
            <source>There are %n edit(s) of this video from the last time that were never saved.</source>
            <translation>
                <numerusform>此视频上次有 %n 个从未保存的编辑。</numerusform>
            </translation>
        </message>
        <message>
            <source>Restore Them</source>
            <translation>恢复它们</translation>
        </message>
    </context>
    <context>
        <name>poselift::EditController</name>
        <message>
            <source>&amp;Visible, Occluded, Absent</source>
            <translation>可见、遮挡、不存在(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Delete the Keypoint</source>
            <translation>删除关键点(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Lock or Unlock</source>
            <translation>锁定或解锁(&amp;L)</translation>
        </message>
        <message>
            <source>Swap Left and &amp;Right</source>
            <translation>交换左右(&amp;R)</translation>
        </message>
        <message>
            <source>C&amp;opy the Pose</source>
            <translation>复制姿态(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Paste the Pose</source>
            <translation>粘贴姿态(&amp;P)</translation>
        </message>
        <message>
            <source>Copy from the Pre&amp;vious Frame</source>
            <translation>从上一帧复制(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;New Person</source>
            <translation>新建人物(&amp;N)</translation>
        </message>
        <message>
            <source>Spl&amp;it the Person Here</source>
            <translation>在此处拆分人物(&amp;I)</translation>
        </message>
        <message>
            <source>Delete the P&amp;erson</source>
            <translation>删除人物(&amp;E)</translation>
        </message>
    </context>
</TS>
