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
        <source>Run a bench (startup, drag, scale, training-ui) and leave.</source>
        <translation>运行一项基准测试（startup、drag、scale、training-ui）后退出。</translation>
    </message>
    <message>
        <source>--bench: expected startup, drag, scale or training-ui</source>
        <translation>--bench：应为 startup、drag、scale 或 training-ui</translation>
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
        <source>{path}: dataset or attribute &apos;{name}&apos; is missing.</source>
        <translation>{path}：缺少数据集或属性“{name}”。</translation>
    </message>
    <message>
        <source>{path}: dataset &apos;{name}&apos; has shape {found}, expected {expected}.</source>
        <translation>{path}：数据集“{name}”的形状为 {found}，应为 {expected}。</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; holds a value that is not a finite number.</source>
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
        <source>{path}: this program has no decoder for the codec &apos;{found}&apos;.</source>
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
        <source>Unknown skeleton &apos;{found}&apos;; known are {expected}.</source>
        <translation>未知骨架“{found}”；已知的有 {expected}。</translation>
    </message>
    <message>
        <source>{path}: the joint order is not known. Expected one of: {expected}. Found: {found}.</source>
        <translation>{path}：关节顺序未知。应为以下之一：{expected}。实际为：{found}。</translation>
    </message>
    <message>
        <source>Skeleton &apos;{name}&apos; cannot be mapped: expected the joints {expected}, found {found}.</source>
        <translation>骨架“{name}”无法映射：应有关节 {expected}，实际为 {found}。</translation>
    </message>
    <message>
        <source>No 2D detector is installed. Install one with: poselift-cli models install FOLDER (README, section &quot;Detectors&quot;, names files to download).</source>
        <translation>尚未安装二维检测器。请用以下命令安装：poselift-cli models install FOLDER（README 的“Detectors”一节列出了可下载的文件）。</translation>
    </message>
    <message>
        <source>No lifting model is installed; expected one in {expected}.</source>
        <translation>尚未安装三维提升模型；应位于 {expected}。</translation>
    </message>
    <message>
        <source>Model &apos;{found}&apos; is not installed; installed are: {expected}.</source>
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
        <source>{path}: field &apos;{name}&apos;: expected {expected}, found {found}.</source>
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
        <source>{path}: this version of OpenCV ({version}) cannot run the operator &apos;{name}&apos; of the network.</source>
        <translation>{path}：此版本的 OpenCV（{version}）无法运行网络中的算子“{name}”。</translation>
    </message>
    <message>
        <source>{path}: the network&apos;s output &apos;{name}&apos;: expected {expected}, found {found}.</source>
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
    <message>
        <source>The video&apos;s camera is not known; without it a 3D edit cannot be shown in the picture.</source>
        <translation>视频的相机未知；没有相机就无法在画面中显示三维编辑。</translation>
    </message>
    <message>
        <source>The {name} would lie behind the camera; nothing was moved.</source>
        <translation>关节 {name} 会落到相机后方；未作任何移动。</translation>
    </message>
    <message>
        <source>The {name} is locked in the picture; unlock it to move it in 3D.</source>
        <translation>关节 {name} 在画面中已锁定；请先解锁，再在三维中移动它。</translation>
    </message>
    <message>
        <source>The {name} cannot be corrected: the corrections of this project are of the skeleton &apos;{found}&apos;, which does not have it.</source>
        <translation>关节 {name} 无法修正：此项目的修正属于骨架“{found}”，其中没有该关节。</translation>
    </message>
    <message>
        <source>{path}: expected {expected} to learn from, found {found}.</source>
        <translation>{path}：需要 {expected} 才能学习，但只有 {found}。</translation>
    </message>
    <message>
        <source>Memory ran out (batch of {batch}). Close other programs, or choose a smaller batch or network.</source>
        <translation>内存不足（批大小 {batch}）。请关闭其他程序，或选择更小的批或网络。</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: process {rank} of {size} lost contact with the others ({detail}). The run can go on from its last checkpoint.</source>
        <translation>训练在第 {step} 步停止：{size} 个进程中的第 {rank} 个与其他进程失去联系（{detail}）。可从最近的检查点继续。</translation>
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
    <name>KeyCommand</name>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>An entry of a submenu: &quot;Theme: Dark&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>RangeEditText</name>
    <message>
        <source>Interpolating…</source>
        <translation>正在插值…</translation>
    </message>
    <message>
        <source>Smoothing…</source>
        <translation>正在平滑…</translation>
    </message>
    <message>
        <source>Changing keypoints…</source>
        <translation>正在更改关键点…</translation>
    </message>
    <message>
        <source>Nothing to interpolate: a joint needs a corrected or locked keypoint before and after, or a known one at both ends of the range</source>
        <translation>没有可插值的内容：关节前后须各有一个已修正或已锁定的关键点，或在范围两端都有已知的关键点</translation>
    </message>
    <message>
        <source>Nothing to smooth: no unlocked keypoints are known there, or they are smooth</source>
        <translation>没有可平滑的内容：该处没有未锁定的已知关键点，或它们已经平滑</translation>
    </message>
    <message>
        <source>No open predictions there</source>
        <translation>该处没有待定的预测</translation>
    </message>
    <message>
        <source>Nothing to change: the keypoints are locked, not known, or like that already</source>
        <translation>没有可更改的内容：关键点已锁定、未知，或已是如此</translation>
    </message>
</context>
<context>
    <name>RangeText</name>
    <message>
        <source>Frame %1</source>
        <translation>第 %1 帧</translation>
    </message>
    <message>
        <source>Frames %1–%2</source>
        <translation>第 %1–%2 帧</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, %3 s</source>
        <extracomment>frames, how many, how long</extracomment>
        <translation>%1：%2，%3 秒</translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message>
        <source>left and right look exchanged</source>
        <translation>左右似乎互换了</translation>
    </message>
    <message>
        <source>left and right legs look exchanged</source>
        <translation>左右腿似乎互换了</translation>
    </message>
    <message>
        <source>left and right arms look exchanged</source>
        <translation>左右臂似乎互换了</translation>
    </message>
    <message>
        <source>%1 looks exchanged with the other side</source>
        <extracomment>%1 is a joint of one side, &quot;left eye&quot;</extracomment>
        <translation>%1似乎与另一侧互换了</translation>
    </message>
    <message>
        <source>%1 to %2: %3 of the usual length</source>
        <extracomment>a bone, from joint to joint, and its length</extracomment>
        <translation>%1到%2：为通常长度的 %3</translation>
    </message>
    <message>
        <source>Low confidence</source>
        <translation>置信度低</translation>
    </message>
    <message>
        <source>Away from the 3D</source>
        <translation>与三维不符</translation>
    </message>
    <message>
        <source>Lifters disagree</source>
        <translation>提升模型不一致</translation>
    </message>
    <message>
        <source>Bone length</source>
        <translation>骨长</translation>
    </message>
    <message>
        <source>Left and right exchanged</source>
        <translation>左右互换</translation>
    </message>
    <message>
        <source>Sudden motion</source>
        <translation>突然移动</translation>
    </message>
    <message>
        <source>The detector is less sure than it usually is of this person, or sees nothing.</source>
        <translation>检测器对此人物的把握低于平常，或什么也没看到。</translation>
    </message>
    <message>
        <source>The 3D that was lifted from the keypoints projects to another place in the picture.</source>
        <translation>由关键点提升得到的三维，投影到了画面中的另一位置。</translation>
    </message>
    <message>
        <source>Two lifters put the joint at different places. Lift with a second model to use this.</source>
        <translation>两个提升模型给出的关节位置不同。要使用此项，请用第二个模型提升。</translation>
    </message>
    <message>
        <source>A bone is longer or shorter than it usually is for this person.</source>
        <translation>某段骨骼比此人物平常的更长或更短。</translation>
    </message>
    <message>
        <source>The pose fits the frames around it, or the 3D, better with left and right exchanged.</source>
        <translation>左右互换后，姿态与前后的帧或与三维更吻合。</translation>
    </message>
    <message>
        <source>The keypoint leaves its path for some frames.</source>
        <translation>关键点在若干帧中偏离其轨迹。</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>between the names of a list</extracomment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 is a list of joints</extracomment>
        <translation>
            <numerusform>%1及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: not seen</source>
        <translation>%1：未看到</translation>
    </message>
    <message>
        <source>%1: the detector is only %2 % sure</source>
        <translation>%1：检测器的把握仅为 %2 %</translation>
    </message>
    <message>
        <source>%1: %2 px from where the 3D projects</source>
        <translation>%1：距三维投影位置 %2 像素</translation>
    </message>
    <message>
        <source>%1: two lifters are %2 mm apart</source>
        <translation>%1：两个提升模型相距 %2 毫米</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1: %2 px off its path</source>
        <translation>%1：偏离轨迹 %2 像素</translation>
    </message>
</context>
<context>
    <name>TrainingText</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>3D error</source>
        <translation>三维误差</translation>
    </message>
    <message>
        <source>Bone lengths</source>
        <translation>骨长</translation>
    </message>
    <message>
        <source>Reprojection</source>
        <translation>重投影</translation>
    </message>
    <message>
        <source>Looks unreal (generator)</source>
        <translation>不真实程度（生成器）</translation>
    </message>
    <message>
        <source>Discriminator</source>
        <translation>判别器</translation>
    </message>
    <message>
        <source>Trajectory</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>复习</translation>
    </message>
    <message>
        <source>MPJPE</source>
        <translation>MPJPE</translation>
    </message>
    <message>
        <source>P-MPJPE</source>
        <translation>P-MPJPE</translation>
    </message>
    <message>
        <source>Pixel error</source>
        <translation>像素误差</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>毫米</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>3D truth (supervised)</source>
        <translation>三维真值（监督）</translation>
    </message>
    <message>
        <source>3D truth and 2D together (semi-supervised)</source>
        <translation>三维真值与二维一起（半监督）</translation>
    </message>
    <message>
        <source>2D alone (adversarial)</source>
        <translation>仅二维（对抗）</translation>
    </message>
    <message>
        <source>2D corrections (reprojection)</source>
        <translation>二维修正（重投影）</translation>
    </message>
    <message>
        <source>better by %1</source>
        <translation>改善 %1</translation>
    </message>
    <message>
        <source>worse by %1</source>
        <translation>变差 %1</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>无明显变化</translation>
    </message>
    <message>
        <source>Near the first poses</source>
        <translation>接近初始姿态</translation>
    </message>
    <message>
        <source>Moves like this person</source>
        <translation>模仿此人的动作</translation>
    </message>
    <message>
        <source>Keypoint maps</source>
        <translation>关键点热图</translation>
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
    <message>
        <source>&amp;Keys…</source>
        <translation>按键(&amp;K)…</translation>
    </message>
    <message>
        <source>Next &amp;Corrected Frame</source>
        <translation>下一个已修正的帧(&amp;C)</translation>
    </message>
    <message>
        <source>Previous C&amp;orrected Frame</source>
        <translation>上一个已修正的帧(&amp;O)</translation>
    </message>
    <message>
        <source>Magnifier while Dragging</source>
        <translation>拖动时显示放大镜</translation>
    </message>
    <message>
        <source>&amp;Brightness and Contrast</source>
        <translation>亮度和对比度(&amp;B)</translation>
    </message>
    <message>
        <source>Nex&amp;t Part of the Window</source>
        <translation>窗口的下一部分(&amp;T)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Part of the Window</source>
        <translation>窗口的上一部分(&amp;V)</translation>
    </message>
    <message>
        <source>Signs &amp;in the Picture</source>
        <translation>画面中的标记(&amp;I)</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation>模型(&amp;D)</translation>
    </message>
</context>
<context>
    <name>poselift::BackgroundEdit</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
    <name>poselift::ChangeBarChart</name>
    <message>
        <source>Error of every joint before and after</source>
        <translation>每个关节训练前后的误差</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After, with the 95 % interval</source>
        <translation>之后，含 95 % 区间</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>metric, unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>joint, change</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>poselift::ChangeSkeleton</name>
    <message>
        <source>Change of every joint on a figure</source>
        <translation>在人形上显示每个关节的变化</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>joint, change</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>smaller error</source>
        <translation>误差变小</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>无明显变化</translation>
    </message>
    <message>
        <source>larger error</source>
        <translation>误差变大</translation>
    </message>
</context>
<context>
    <name>poselift::ChangeTableModel</name>
    <message>
        <source>%1 … %2</source>
        <comment>from, to</comment>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>metric, unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>关节</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Too few held-out frames</source>
        <translation>留出帧太少</translation>
    </message>
    <message>
        <source>95 % confidence interval of the change, %1</source>
        <translation>变化的 95 % 置信区间，%1</translation>
    </message>
    <message>
        <source>95 % CI</source>
        <comment>confidence interval, short</comment>
        <translation>95 % 区间</translation>
    </message>
</context>
<context>
    <name>poselift::ChangeView</name>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>Ways to show the joints</source>
        <translation>显示关节的方式</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表格(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Bars</source>
        <translation>条形图(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;igure</source>
        <translation>人形(&amp;I)</translation>
    </message>
    <message>
        <source>What it could do before</source>
        <translation>原有能力</translation>
    </message>
    <message>
        <source>Kind of error</source>
        <translation>误差类型</translation>
    </message>
    <message>
        <source>P-MPJPE compares poses after the best turn, shift and size, MPJPE as they stand</source>
        <translation>P-MPJPE 在最佳旋转、平移和缩放后比较姿态，MPJPE 直接比较</translation>
    </message>
    <message>
        <source>Error of every joint before and after</source>
        <translation>每个关节训练前后的误差</translation>
    </message>
    <message>
        <source>Which model is in use</source>
        <translation>正在使用哪个模型</translation>
    </message>
    <message>
        <source>&amp;Use This Model</source>
        <translation>使用此模型(&amp;U)</translation>
    </message>
    <message>
        <source>Install the trained model and choose it as the lifter</source>
        <translation>安装训练好的模型并选作提升模型</translation>
    </message>
    <message>
        <source>&amp;Keep the Old One</source>
        <translation>保留旧模型(&amp;K)</translation>
    </message>
    <message>
        <source>Go on with the model from before</source>
        <translation>继续使用之前的模型</translation>
    </message>
    <message>
        <source>Show Both in &amp;3D</source>
        <translation>在三维中同时显示(&amp;3)</translation>
    </message>
    <message>
        <source>Lift with the old and the new model and show both results in the 3D view</source>
        <translation>用新旧模型提升，并在三维视图中显示两个结果</translation>
    </message>
    <message>
        <source>⚠ 2D only, depth unverified: compared with corrected keypoints, not with 3D truth.</source>
        <translation>⚠ 仅二维，深度未验证：与修正的关键点比较，而不是与三维真值比较。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>metric, unit</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>No result yet. When the training is finished, it is compared here with the model from before.</source>
        <translation>尚无结果。训练完成后，将在此与之前的模型比较。</translation>
    </message>
    <message numerus="yes">
        <source>%n held-out frame(s)</source>
        <translation>
            <numerusform>%n 个留出帧</numerusform>
        </translation>
    </message>
    <message>
        <source>What it could do before (%1): P-MPJPE %2 mm before, %3 mm after (%4 mm).</source>
        <translation>原有能力（%1）：P-MPJPE 之前 %2 毫米，之后 %3 毫米（%4 毫米）。</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1 %2 %3&lt;/b&gt; %4 on %5: %6 before, %7 after</source>
        <comment>symbol, difference, unit, metric, frames, before, after</comment>
        <translation>&lt;b&gt;%1 %2 %3&lt;/b&gt; %4，%5：之前 %6，之后 %7</translation>
    </message>
    <message>
        <source>%1. Too few frames to say how sure that is.</source>
        <comment>change</comment>
        <translation>%1。帧太少，无法说明其可靠程度。</translation>
    </message>
    <message>
        <source>%1 (95 % interval %2 to %3).</source>
        <comment>change, low, high</comment>
        <translation>%1（95 % 区间 %2 至 %3）。</translation>
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
    <name>poselift::Edit3dController</name>
    <message>
        <source>Keep &amp;Bone Lengths in 3D</source>
        <translation>三维中保持骨长(&amp;B)</translation>
    </message>
    <message>
        <source>Release the &amp;3D Correction</source>
        <translation>解除三维修正(&amp;3)</translation>
    </message>
    <message>
        <source>Release All 3D Corrections of the Person &amp;Here</source>
        <translation>解除此人物在此处的所有三维修正(&amp;H)</translation>
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
</context>
<context>
    <name>poselift::FinetuneController</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>&amp;Fine-Tune…</source>
        <translation>微调(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Cancel the Training</source>
        <translation>取消训练(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Resume the Training</source>
        <translation>继续训练(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Use the Trained Model</source>
        <translation>使用训练好的模型(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Keep the Old Model</source>
        <translation>保留旧模型(&amp;K)</translation>
    </message>
    <message>
        <source>Show Old and New in &amp;3D</source>
        <translation>在三维中显示新旧结果(&amp;3)</translation>
    </message>
    <message>
        <source>A training is running; cancel it or wait for its end.</source>
        <translation>正在训练；请取消或等它结束。</translation>
    </message>
    <message>
        <source>There is nobody in this document yet: detect people first.</source>
        <translation>此文档中还没有人：请先检测人物。</translation>
    </message>
    <message>
        <source>No lifting model is installed.</source>
        <translation>没有安装提升模型。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Waiting for the worker</source>
        <translation>正在等待后台进程</translation>
    </message>
    <message>
        <source>Run of %1</source>
        <translation>%1 的训练</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新的训练</translation>
    </message>
    <message>
        <source>The project is being copied</source>
        <translation>正在复制项目</translation>
    </message>
    <message>
        <source>The training of %1 was interrupted. It can go on from its last checkpoint.</source>
        <translation>%1 的训练被中断，可从最近的检查点继续。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>poselift::FinetuneDialog</name>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>约 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>约 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>约 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Fine-Tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>No keypoint has been corrected by hand.</source>
        <translation>还没有手工修正的关键点。</translation>
    </message>
    <message>
        <source>There is 3D truth or there are 3D corrections.</source>
        <translation>有三维真值或三维修正。</translation>
    </message>
    <message>
        <source>There is no 3D truth.</source>
        <translation>没有三维真值。</translation>
    </message>
    <message>
        <source>%1: %2 of %3. %4</source>
        <comment>frames: joints of people. whether there is truth</comment>
        <translation>%1：%3 的 %2。%4</translation>
    </message>
    <message numerus="yes">
        <source>%n corrected frame(s)</source>
        <translation>
            <numerusform>%n 个修正过的帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>%n 个关节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 个人</numerusform>
        </translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>&amp;Learn from</source>
        <translation>学习来源(&amp;L)</translation>
    </message>
    <message>
        <source>Frames that are learned from; some of them are held out to measure with</source>
        <translation>用于学习的帧；其中一部分留作评测</translation>
    </message>
    <message>
        <source>Corrected frames</source>
        <translation>修正过的帧</translation>
    </message>
    <message>
        <source>All frames</source>
        <translation>所有帧</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>人物(&amp;P)</translation>
    </message>
    <message>
        <source>People who are learned from</source>
        <translation>从哪些人物学习</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>The lifter whose copy is trained; itself it stays as it is</source>
        <translation>训练的是该提升模型的副本，原模型不变</translation>
    </message>
    <message>
        <source>&amp;Objective</source>
        <translation>目标(&amp;O)</translation>
    </message>
    <message>
        <source>What the training aims at</source>
        <translation>训练的目标</translation>
    </message>
    <message>
        <source>&amp;Quick</source>
        <translation>快速(&amp;Q)</translation>
    </message>
    <message>
        <source>Few steps: enough to see whether it gets better</source>
        <translation>步数少：足以看出是否变好</translation>
    </message>
    <message>
        <source>&amp;Thorough</source>
        <translation>彻底(&amp;T)</translation>
    </message>
    <message>
        <source>Until the held-out frames get no better</source>
        <translation>直到留出帧不再变好</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>&amp;Advanced</source>
        <translation>高级(&amp;A)</translation>
    </message>
    <message>
        <source>Show more settings</source>
        <translation>显示更多设置</translation>
    </message>
    <message>
        <source>De&amp;vice</source>
        <translation>设备(&amp;V)</translation>
    </message>
    <message>
        <source>auto takes an accelerator where there is one</source>
        <translation>auto 会在有加速器时使用它</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>Steps of the whole training</source>
        <translation>整个训练的步数</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批大小(&amp;B)</translation>
    </message>
    <message>
        <source>Frames of one step</source>
        <translation>每一步的帧数</translation>
    </message>
    <message>
        <source>from the preset</source>
        <translation>按预设</translation>
    </message>
    <message>
        <source>from the data</source>
        <translation>按数据</translation>
    </message>
    <message>
        <source>Learning &amp;rate</source>
        <translation>学习率(&amp;R)</translation>
    </message>
    <message>
        <source>Length of a step; too large and the training runs away</source>
        <translation>步长；过大会使训练发散</translation>
    </message>
    <message>
        <source>Fro&amp;zen blocks</source>
        <translation>冻结的块(&amp;Z)</translation>
    </message>
    <message>
        <source>Blocks of the network, from its input, that stay as they are</source>
        <translation>从输入起保持不变的网络块</translation>
    </message>
    <message>
        <source>Se&amp;ed</source>
        <translation>随机种子(&amp;E)</translation>
    </message>
    <message>
        <source>The same seed gives the same training</source>
        <translation>相同的种子得到相同的训练</translation>
    </message>
    <message>
        <source>&amp;Held out</source>
        <translation>留出(&amp;H)</translation>
    </message>
    <message>
        <source>Share of the frames that is not learned from and measures the result</source>
        <translation>不用于学习而用于评测的帧的比例</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Rehearsal file</source>
        <translation>复习文件</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Motion capture of the original training, seen again so that the old ability is kept</source>
        <translation>原始训练的动作捕捉数据，再次学习以保留原有能力</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose the rehearsal file</source>
        <translation>选择复习文件</translation>
    </message>
    <message>
        <source>Rehearsal &amp;file</source>
        <translation>复习文件(&amp;F)</translation>
    </message>
    <message>
        <source>Rehearsal sh&amp;are</source>
        <translation>复习比例(&amp;A)</translation>
    </message>
    <message>
        <source>Share of every batch that comes from the rehearsal file</source>
        <translation>每批中来自复习文件的比例</translation>
    </message>
    <message>
        <source>Rehearsal File</source>
        <translation>复习文件</translation>
    </message>
    <message>
        <source>Motion capture (*.h5);;All files (*)</source>
        <translation>动作捕捉 (*.h5);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>No lifting model is installed.</source>
        <translation>没有安装提升模型。</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet: correct keypoints in some frames first, or learn from other frames.</source>
        <translation>还没有可学习的内容：请先修正一些帧的关键点，或从其他帧学习。</translation>
    </message>
    <message>
        <source>This objective needs 3D truth or corrections in 3D, and this project has neither. Choose another objective.</source>
        <translation>此目标需要三维真值或三维修正，而本项目两者都没有。请选择其他目标。</translation>
    </message>
    <message>
        <source>Time: being measured…</source>
        <translation>时间：正在测量…</translation>
    </message>
    <message>
        <source>Time: not known</source>
        <translation>时间：未知</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>时间：%1</translation>
    </message>
    <message>
        <source>Time: %1 at most for %2 steps, and less when it stops getting better</source>
        <translation>时间：%2 步最多 %1，不再变好时更短</translation>
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
        <extracomment>Tool tip of a joint: name, person, confidence, state, where it comes from</extracomment>
        <translation>人物 %2 的%1
置信度 %3，%4，%5</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>Locked: edits leave it alone</source>
        <translation>已锁定：编辑不会改动它</translation>
    </message>
    <message>
        <source>Move the chosen joint left by 1 pixel</source>
        <translation>将所选关节左移 1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint right by 1 pixel</source>
        <translation>将所选关节右移 1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint up by 1 pixel</source>
        <translation>将所选关节上移 1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint down by 1 pixel</source>
        <translation>将所选关节下移 1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint left by 10 pixels</source>
        <translation>将所选关节左移 10 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint right by 10 pixels</source>
        <translation>将所选关节右移 10 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint up by 10 pixels</source>
        <translation>将所选关节上移 10 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint down by 10 pixels</source>
        <translation>将所选关节下移 10 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint left by 0.1 pixels</source>
        <translation>将所选关节左移 0.1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint right by 0.1 pixels</source>
        <translation>将所选关节右移 0.1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint up by 0.1 pixels</source>
        <translation>将所选关节上移 0.1 像素</translation>
    </message>
    <message>
        <source>Move the chosen joint down by 0.1 pixels</source>
        <translation>将所选关节下移 0.1 像素</translation>
    </message>
    <message>
        <source>Next joint of the chosen person</source>
        <translation>所选人物的下一个关节</translation>
    </message>
    <message>
        <source>Previous joint of the chosen person</source>
        <translation>所选人物的上一个关节</translation>
    </message>
    <message>
        <source>Held down: drag to move the picture</source>
        <translation>按住：拖动以平移画面</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>画面适应窗口</translation>
    </message>
    <message>
        <source>One picture pixel per screen pixel</source>
        <translation>实际像素大小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>视野左移</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>视野右移</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>视野上移</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>视野下移</translation>
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
        <extracomment>First line of the list of undo steps: before the first of them</extracomment>
        <translation>开始</translation>
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
        <source>Reading the video&apos;s index</source>
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
    <name>poselift::JointSelectionController</name>
    <message>
        <source>Select &amp;All Joints</source>
        <translation>选择所有关节(&amp;A)</translation>
    </message>
    <message>
        <source>Select the Lim&amp;b</source>
        <translation>选择肢体(&amp;B)</translation>
    </message>
    <message>
        <source>Select Nothin&amp;g</source>
        <translation>全不选(&amp;G)</translation>
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
    <name>poselift::KeyCatcher</name>
    <message>
        <source>Press the new key</source>
        <translation>请按新的按键</translation>
    </message>
    <message>
        <source>Press the new key; Esc gives up</source>
        <translation>请按新的按键；Esc 放弃</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>添加按键</translation>
    </message>
</context>
<context>
    <name>poselift::KeyEditor</name>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Take It from There</source>
        <translation>改用到此处(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Leave It There</source>
        <translation>保留在原处(&amp;L)</translation>
    </message>
    <message>
        <source>Gives this command the keys of the preset again</source>
        <translation>将此命令的按键恢复为预设</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>The menu or view, and what is done there: &quot;Playback: Next Frame&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No command is chosen</source>
        <translation>未选择命令</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>%1 with the focus in “%2”: %3.</source>
        <extracomment>%1 a key, %2 a view (“Picture”), %3 what it does there</extracomment>
        <translation>焦点在“%2”时，%1 的作用：%3。</translation>
    </message>
    <message>
        <source>%1 elsewhere: %3 (%2).</source>
        <translation>在其他位置，%1 的作用：%3（%2）。</translation>
    </message>
    <message>
        <source>%1 already does “%2: %3”.</source>
        <translation>%1 已用于“%2：%3”。</translation>
    </message>
</context>
<context>
    <name>poselift::KeysDialog</name>
    <message>
        <source>Keys and Mouse</source>
        <translation>按键和鼠标</translation>
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
        <source>Picture: joint visible, occluded, absent</source>
        <translation>画面：关节可见、遮挡、不存在</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab、Shift+Tab</translation>
    </message>
    <message>
        <source>Picture: fit</source>
        <translation>画面：适应窗口</translation>
    </message>
    <message>
        <source>Double-click beside people</source>
        <translation>在人物之外双击</translation>
    </message>
    <message>
        <source>Picture: move the chosen joints</source>
        <translation>画面：移动所选关节</translation>
    </message>
    <message>
        <source>Left-drag one of them</source>
        <translation>左键拖动其中一个</translation>
    </message>
    <message>
        <source>Picture: move a whole person</source>
        <translation>画面：移动整个人物</translation>
    </message>
    <message>
        <source>Alt+left-drag</source>
        <translation>Alt+左键拖动</translation>
    </message>
    <message>
        <source>Picture: turn the chosen joints or the person</source>
        <translation>画面：旋转所选关节或人物</translation>
    </message>
    <message>
        <source>Alt+wheel</source>
        <translation>Alt+滚轮</translation>
    </message>
    <message>
        <source>Picture: scale the chosen joints or the person</source>
        <translation>画面：缩放所选关节或人物</translation>
    </message>
    <message>
        <source>Ctrl+Alt+wheel</source>
        <translation>Ctrl+Alt+滚轮</translation>
    </message>
    <message>
        <source>Picture: choose one joint more or less</source>
        <translation>画面：加选或减选一个关节</translation>
    </message>
    <message>
        <source>Ctrl+click</source>
        <translation>Ctrl+单击</translation>
    </message>
    <message>
        <source>Picture: choose the joints in a rectangle</source>
        <translation>画面：框选关节</translation>
    </message>
    <message>
        <source>Left-drag beside the joints, Shift+drag anywhere</source>
        <translation>在关节之外左键拖动，或在任意处 Shift+拖动</translation>
    </message>
    <message>
        <source>Picture: choose a limb</source>
        <translation>画面：选择肢体</translation>
    </message>
    <message>
        <source>Double-click on a joint or bone</source>
        <translation>双击关节或骨骼</translation>
    </message>
    <message>
        <source>3D: move a joint of the chosen person</source>
        <translation>三维：移动所选人物的关节</translation>
    </message>
    <message>
        <source>Left-drag the joint</source>
        <translation>左键拖动关节</translation>
    </message>
    <message>
        <source>3D: move a joint in depth</source>
        <translation>三维：沿深度方向移动关节</translation>
    </message>
    <message>
        <source>Ctrl+left-drag the joint</source>
        <translation>Ctrl+左键拖动关节</translation>
    </message>
    <message>
        <source>3D: move a joint, bone lengths released</source>
        <translation>三维：移动关节，不保持骨长</translation>
    </message>
    <message>
        <source>Shift+left-drag the joint</source>
        <translation>Shift+左键拖动关节</translation>
    </message>
    <message>
        <source>Timeline: choose a range of frames</source>
        <translation>时间轴：选择帧范围</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift+拖动</translation>
    </message>
    <message>
        <source>Timeline: clear the range</source>
        <translation>时间轴：清除范围</translation>
    </message>
    <message>
        <source>Esc or double-click on it</source>
        <translation>Esc 或双击范围</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>打开菜单</translation>
    </message>
    <message>
        <source>Alt+underlined letter, F10</source>
        <translation>Alt+带下划线的字母、F10</translation>
    </message>
    <message>
        <source>The same in every program of the desktop</source>
        <translation>与桌面上的所有程序相同</translation>
    </message>
    <message>
        <source>Next or previous field or button</source>
        <translation>下一个或上一个字段或按钮</translation>
    </message>
    <message>
        <source>Needed to get about without a mouse; in the picture only while no person is chosen</source>
        <translation>不用鼠标操作时需要；在画面中仅当未选择人物时有效</translation>
    </message>
    <message>
        <source>Press the button, open the list that was reached with Tab</source>
        <translation>按下用 Tab 到达的按钮，或打开用 Tab 到达的列表</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Needed to get about without a mouse</source>
        <translation>不用鼠标操作时需要</translation>
    </message>
    <message>
        <source>Go through a list</source>
        <translation>浏览列表</translation>
    </message>
    <message>
        <source>Up, Down, Enter</source>
        <translation>上、下、Enter</translation>
    </message>
    <message>
        <source>Type into a field</source>
        <translation>在字段中输入</translation>
    </message>
    <message>
        <source>Letters, digits, Left, Right, Home, End</source>
        <translation>字母、数字、左、右、Home、End</translation>
    </message>
    <message>
        <source>A field with the focus takes what can be typed into it</source>
        <translation>具有焦点的字段会接收可输入的按键</translation>
    </message>
    <message>
        <source>3D: nudge the chosen joint by 1 or 10 cm</source>
        <translation>三维：将所选关节微移 1 或 10 厘米</translation>
    </message>
    <message>
        <source>Alt+arrows and Alt+Page Up, Page Down; with Shift 10 cm</source>
        <translation>Alt+方向键和 Alt+Page Up、Page Down；加 Shift 为 10 厘米</translation>
    </message>
    <message>
        <source>Six directions with two steps each would fill the list</source>
        <translation>六个方向各两种步长，会占满列表</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>关闭对话框</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Reset &amp;All</source>
        <translation>全部重置(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>导出(&amp;X)…</translation>
    </message>
    <message>
        <source>&amp;Change Keys…</source>
        <translation>更改按键(&amp;C)…</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>搜索命令或按键</translation>
    </message>
    <message>
        <source>&amp;Preset:</source>
        <translation>预设(&amp;P)：</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>命令和按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Gives all commands the keys of the preset again</source>
        <translation>将所有命令的按键恢复为预设</translation>
    </message>
    <message>
        <source>Change Keys</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>鼠标</translation>
    </message>
    <message>
        <source>Keys that are fixed</source>
        <translation>固定的按键</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Export Keys</source>
        <translation>导出按键</translation>
    </message>
    <message>
        <source>Import Keys</source>
        <translation>导入按键</translation>
    </message>
    <message>
        <source>Keymaps (*.json)</source>
        <translation>按键映射 (*.json)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
</context>
<context>
    <name>poselift::LabelledFrames</name>
    <message>
        <source>No frame after this one was corrected.</source>
        <translation>此帧之后没有已修正的帧。</translation>
    </message>
    <message>
        <source>No frame before this one was corrected.</source>
        <translation>此帧之前没有已修正的帧。</translation>
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
    <message>
        <source>The 3D poses that are shown and edited; corrections by hand go before them</source>
        <translation>显示和编辑的三维姿态；手动修正优先于它们</translation>
    </message>
</context>
<context>
    <name>poselift::LegendDialog</name>
    <message>
        <source>Signs in the Picture</source>
        <translation>画面中的标记</translation>
    </message>
</context>
<context>
    <name>poselift::LiveLiftController</name>
    <message>
        <source>Whether the 3D follows the 2D</source>
        <translation>三维是否与二维同步</translation>
    </message>
    <message>
        <source>Re-Lift the Chosen &amp;Person</source>
        <translation>重新提升所选人物(&amp;P)</translation>
    </message>
    <message>
        <source>Lift the chosen person, or everybody, and all that was edited again</source>
        <translation>重新提升所选人物（或所有人）以及所有已编辑的内容</translation>
    </message>
    <message>
        <source>Lift While &amp;Editing</source>
        <translation>编辑时提升(&amp;E)</translation>
    </message>
    <message>
        <source>Updating 3D…</source>
        <translation>正在更新三维…</translation>
    </message>
    <message>
        <source>3D older than 2D</source>
        <translation>三维早于二维</translation>
    </message>
    <message>
        <source>3D not updated</source>
        <translation>三维未更新</translation>
    </message>
</context>
<context>
    <name>poselift::LiveLifter</name>
    <message>
        <source>it does not answer</source>
        <translation>没有应答</translation>
    </message>
</context>
<context>
    <name>poselift::LossChart</name>
    <message>
        <source>Loss curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Score on held-out frames</source>
        <translation>留出帧上的得分</translation>
    </message>
    <message>
        <source>Held-out score</source>
        <translation>留出得分</translation>
    </message>
    <message>
        <source>★ best so far: %1</source>
        <translation>★ 目前最佳：%1</translation>
    </message>
    <message>
        <source>No step yet</source>
        <translation>尚无训练步</translation>
    </message>
    <message>
        <source>Loss %1 after %2 of %3 steps</source>
        <translation>第 %2 步（共 %3 步）后损失 %1</translation>
    </message>
    <message>
        <source>Best score so far %1, at step %2</source>
        <translation>目前最佳得分 %1，在第 %2 步</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Learning rate: %1</source>
        <translation>学习率：%1</translation>
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
        <source>Reading the video&apos;s index: %1 %</source>
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
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>3D View</source>
        <translation>三维视图</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>A training is still running. Closing interrupts it; it can go on from its last checkpoint the next time.</source>
        <translation>训练仍在进行。关闭会中断它；下次可从最近的检查点继续。</translation>
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
    <name>poselift::MoveController</name>
    <message>
        <source>Turn Cloc&amp;kwise</source>
        <translation>顺时针旋转(&amp;K)</translation>
    </message>
    <message>
        <source>Turn Coun&amp;terclockwise</source>
        <translation>逆时针旋转(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Make Larger</source>
        <translation>增大(&amp;M)</translation>
    </message>
    <message>
        <source>Make &amp;Smaller</source>
        <translation>减小(&amp;S)</translation>
    </message>
    <message>
        <source>The chosen joints, or the whole person when fewer than two are chosen</source>
        <translation>所选关节；所选少于两个时为整个人物</translation>
    </message>
</context>
<context>
    <name>poselift::OverlayLegend</name>
    <message>
        <source>Signs of joints in the picture</source>
        <translation>画面中关节的标记</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Filled: visible</source>
        <translation>实心：可见</translation>
    </message>
    <message>
        <source>Hollow: occluded</source>
        <translation>空心：被遮挡</translation>
    </message>
    <message>
        <source>Cross: absent, at its last place (chosen person only)</source>
        <translation>叉号：不存在，位于其最后位置（仅限所选人物）</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Disc: detected</source>
        <translation>圆点：检测</translation>
    </message>
    <message>
        <source>Disc with a white rim: corrected by hand</source>
        <translation>带白边的圆点：手动修正</translation>
    </message>
    <message>
        <source>Diamond: interpolated or smoothed</source>
        <translation>菱形：插值或平滑</translation>
    </message>
    <message>
        <source>Triangle pointing down: from 3D</source>
        <translation>尖端向下的三角形：来自三维</translation>
    </message>
    <message>
        <source>Triangle pointing up: triangulated</source>
        <translation>尖端向上的三角形：三角测量</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Bar below: locked</source>
        <translation>下方横条：已锁定</translation>
    </message>
    <message>
        <source>White ring: chosen</source>
        <translation>白色圆环：已选择</translation>
    </message>
    <message>
        <source>Ring with ticks: the current joint</source>
        <translation>带刻度的圆环：当前关节</translation>
    </message>
    <message>
        <source>Small and faint: low confidence</source>
        <translation>小而淡：置信度低</translation>
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
    <name>poselift::PeopleController</name>
    <message>
        <source>Peopl&amp;e</source>
        <translation>人物(&amp;E)</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>S&amp;wap Identities from Here On</source>
        <translation>从此处起交换身份(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation>合并到(&amp;M)…</translation>
    </message>
    <message>
        <source>Spl&amp;it Here</source>
        <translation>在此处拆分(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;New Person</source>
        <translation>新建人物(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Delete the Person</source>
        <translation>删除人物(&amp;D)</translation>
    </message>
    <message>
        <source>Choose a person first: click one in the picture or its strip in the timeline</source>
        <translation>请先选择人物：单击画面中的人物或其在时间轴上的置信度带</translation>
    </message>
    <message>
        <source>There is no other person</source>
        <translation>没有其他人物</translation>
    </message>
    <message>
        <source>Open a video first</source>
        <translation>请先打开视频</translation>
    </message>
    <message>
        <source>in this frame</source>
        <translation>在此帧中</translation>
    </message>
    <message>
        <source>not seen in this frame</source>
        <translation>在此帧中未出现</translation>
    </message>
    <message>
        <source>no keypoints yet</source>
        <translation>还没有关键点</translation>
    </message>
    <message numerus="yes">
        <source>%1, both seen in %n</source>
        <translation>
            <numerusform>%1，同时出现 %n 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>Swap Identities</source>
        <translation>交换身份</translation>
    </message>
    <message>
        <source>From frame %1 on, %2 changes places with:</source>
        <translation>从第 %1 帧起，%2 与以下人物交换：</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>There is nobody to swap with</source>
        <translation>没有可交换的人物</translation>
    </message>
    <message>
        <source>Merge People</source>
        <translation>合并人物</translation>
    </message>
    <message>
        <source>%1 becomes part of the person chosen here. In frames where both are seen, that person&apos;s keypoints are kept.</source>
        <translation>%1 将并入此处所选的人物。在两者同时出现的帧中，保留所选人物的关键点。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>There is nobody to merge with</source>
        <translation>没有可合并的人物</translation>
    </message>
    <message>
        <source>%1 has no frames on both sides of this one</source>
        <translation>%1 并非在此帧前后都有帧</translation>
    </message>
    <message>
        <source>There is no skeleton for a new person</source>
        <translation>新人物没有可用的骨架</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of person %1; empty: only the number</source>
        <translation>人物 %1 的名称；留空则仅显示编号</translation>
    </message>
    <message>
        <source>That is the name already</source>
        <translation>名称已是如此</translation>
    </message>
    <message>
        <source>Nobody is chosen</source>
        <translation>未选择人物</translation>
    </message>
</context>
<context>
    <name>poselift::PersonDialog</name>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
</context>
<context>
    <name>poselift::PictureBar</name>
    <message>
        <source>Brightness and contrast of the picture</source>
        <translation>画面的亮度和对比度</translation>
    </message>
    <message>
        <source>&amp;Brightness</source>
        <translation>亮度(&amp;B)</translation>
    </message>
    <message>
        <source>Lightens or darkens the whole picture</source>
        <translation>使整个画面变亮或变暗</translation>
    </message>
    <message>
        <source>C&amp;ontrast</source>
        <translation>对比度(&amp;O)</translation>
    </message>
    <message>
        <source>Spreads or narrows the range about middle grey</source>
        <translation>以中灰为中心扩大或缩小亮度范围</translation>
    </message>
    <message>
        <source>&amp;Gamma</source>
        <translation>伽马(&amp;G)</translation>
    </message>
    <message>
        <source>Lightens or darkens the shadows most</source>
        <translation>主要使暗部变亮或变暗</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>Show the picture as it is in the video</source>
        <translation>按视频原样显示画面</translation>
    </message>
    <message>
        <source>Reset brightness, contrast and gamma</source>
        <translation>重置亮度、对比度和伽马</translation>
    </message>
    <message>
        <source>Close; the picture keeps its look</source>
        <translation>关闭；画面外观保持不变</translation>
    </message>
    <message>
        <source>Close the picture sliders</source>
        <translation>关闭画面滑块</translation>
    </message>
</context>
<context>
    <name>poselift::PlacingController</name>
    <message>
        <source>Place t&amp;he Missing Joints</source>
        <translation>放置缺失的关节(&amp;H)</translation>
    </message>
    <message>
        <source>Click to place: %1. Tab skips, Esc ends.</source>
        <translation>单击放置：%1。Tab 跳过，Esc 结束。</translation>
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
    <message>
        <source>Number of frames</source>
        <translation>总帧数</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
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
        <source>Copy the pose from the previous frame</source>
        <translation>从上一帧复制姿态</translation>
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
        <source>Merge person %1 into person %2</source>
        <translation>将人物 %1 合并到人物 %2</translation>
    </message>
    <message>
        <source>Move a person</source>
        <translation>移动人物</translation>
    </message>
    <message numerus="yes">
        <source>Rotate %n keypoint(s)</source>
        <translation>
            <numerusform>旋转 %n 个关键点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scale %n keypoint(s)</source>
        <translation>
            <numerusform>缩放 %n 个关键点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n keypoint(s) from the previous frame</source>
        <translation>
            <numerusform>从上一帧复制 %n 个关键点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) visible, %1</source>
        <translation>
            <numerusform>将 %n 个关键点标记为可见，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) occluded, %1</source>
        <translation>
            <numerusform>将 %n 个关键点标记为被遮挡，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) absent, %1</source>
        <translation>
            <numerusform>将 %n 个关键点标记为不存在，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lock %n keypoint(s), %1</source>
        <translation>
            <numerusform>锁定 %n 个关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unlock %n keypoint(s), %1</source>
        <translation>
            <numerusform>解锁 %n 个关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n keypoint(s), %1</source>
        <translation>
            <numerusform>删除 %n 个关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Swap left and right of %n keypoint(s), %1</source>
        <translation>
            <numerusform>交换 %n 个关键点的左右，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interpolate %n keypoint(s), %1</source>
        <translation>
            <numerusform>插值 %n 个关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Smooth %n keypoint(s), %1</source>
        <translation>
            <numerusform>平滑 %n 个关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n predicted keypoint(s), %1</source>
        <translation>
            <numerusform>接受 %n 个预测的关键点，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n predicted keypoint(s), %1</source>
        <translation>
            <numerusform>拒绝 %n 个预测的关键点，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>frame %1</source>
        <extracomment>%1 is a frame number; part of the text of an undo step</extracomment>
        <translation>第 %1 帧</translation>
    </message>
    <message>
        <source>frames %1–%2</source>
        <extracomment>%1 and %2 are frame numbers; part of the text of an undo step</extracomment>
        <translation>第 %1–%2 帧</translation>
    </message>
    <message>
        <source>Move in 3D</source>
        <translation>在三维中移动</translation>
    </message>
    <message numerus="yes">
        <source>Release %n 3D correction(s)</source>
        <translation>
            <numerusform>解除 %n 个三维修正</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the name of person %1 away</source>
        <translation>去掉人物 %1 的名称</translation>
    </message>
    <message>
        <source>Name person %1 “%2”</source>
        <translation>将人物 %1 命名为“%2”</translation>
    </message>
    <message>
        <source>Swap persons %1 and %2 from frame %3 on</source>
        <translation>从第 %3 帧起交换人物 %1 和 %2</translation>
    </message>
    <message>
        <source>Split person %1 at frame %2</source>
        <translation>在第 %2 帧拆分人物 %1</translation>
    </message>
</context>
<context>
    <name>poselift::QueueController</name>
    <message>
        <source>What to Correct Next</source>
        <translation>待修正列表</translation>
    </message>
    <message>
        <source>What to correct next</source>
        <translation>待修正列表</translation>
    </message>
    <message>
        <source>Ne&amp;xt to Correct</source>
        <translation>下一处待修正(&amp;X)</translation>
    </message>
    <message>
        <source>Previous to Correct</source>
        <translation>上一处待修正</translation>
    </message>
    <message>
        <source>S&amp;kip in the Queue</source>
        <translation>在队列中跳过(&amp;K)</translation>
    </message>
    <message>
        <source>This place is fine: do not list it any more</source>
        <translation>此处没有问题：不再列出</translation>
    </message>
    <message>
        <source>List Skipped Places Again</source>
        <translation>重新列出已跳过的位置</translation>
    </message>
    <message>
        <source>Look at All Frames Again</source>
        <translation>重新检查所有帧</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>人物 %1</translation>
    </message>
    <message>
        <source>Nobody has been detected yet. Detect and lift people first (menu Analyse): then the frames that most need a correction are listed here.</source>
        <translation>尚未检测到任何人物。请先检测并提升为三维（“分析”菜单）：之后最需要修正的帧会列在这里。</translation>
    </message>
    <message>
        <source>The frames have not all been looked at. “Look at All Frames Again” in the menu Edit does.</source>
        <translation>尚未检查完所有帧。可使用“编辑”菜单中的“重新检查所有帧”。</translation>
    </message>
    <message>
        <source>Looking at the frames…</source>
        <translation>正在检查各帧…</translation>
    </message>
    <message>
        <source>Nothing to correct for this person and reason.</source>
        <translation>此人物和此原因没有需要修正的内容。</translation>
    </message>
    <message>
        <source>Nothing looks wrong.</source>
        <translation>没有发现异常。</translation>
    </message>
    <message>
        <source>The worst %1 of %2 places</source>
        <translation>%2 处中最差的 %1 处</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) corrected</source>
        <translation>
            <numerusform>已修正 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>已跳过 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>not lifted: judged by the picture only</source>
        <translation>未提升：仅根据画面判断</translation>
    </message>
    <message>
        <source> · </source>
        <extracomment>between the parts of a summary, &quot;12 places · 3 skipped&quot;</extracomment>
        <translation> · </translation>
    </message>
    <message>
        <source>Skip a place in the queue</source>
        <translation>跳过队列中的一处</translation>
    </message>
    <message>
        <source>List skipped places again</source>
        <translation>重新列出已跳过的位置</translation>
    </message>
</context>
<context>
    <name>poselift::QueueTableModel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>frame and time</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>All joints of this frame together seem to be off by %1 % of the person&apos;s height</source>
        <translation>此帧所有关节的总偏差估计为人物身高的 %1 %</translation>
    </message>
    <message>
        <source>#</source>
        <extracomment>column of the rank</extracomment>
        <translation>#</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>关节</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>poselift::QueueView</name>
    <message>
        <source>What to correct next</source>
        <translation>待修正列表</translation>
    </message>
    <message>
        <source>Show only this person</source>
        <translation>仅显示此人物</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Rank by this reason only</source>
        <translation>仅按此原因排序</translation>
    </message>
    <message>
        <source>All reasons</source>
        <translation>所有原因</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Show how much each reason counts</source>
        <translation>显示各原因所占的比重</translation>
    </message>
    <message>
        <source>Frames to correct, the worst first</source>
        <translation>待修正的帧，最差的在前</translation>
    </message>
    <message>
        <source>&amp;Go to This Frame</source>
        <translation>转到此帧(&amp;G)</translation>
    </message>
    <message>
        <source>Frames that have been looked at</source>
        <translation>已检查的帧</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop looking at frames</source>
        <translation>停止检查帧</translation>
    </message>
</context>
<context>
    <name>poselift::RangeController</name>
    <message>
        <source>Chosen range of frames</source>
        <translation>所选帧范围</translation>
    </message>
    <message>
        <source>Edits over the range work on these frames</source>
        <translation>对范围的编辑作用于这些帧</translation>
    </message>
    <message>
        <source>&amp;Frame Range</source>
        <translation>帧范围(&amp;F)</translation>
    </message>
    <message>
        <source>Frame range</source>
        <translation>帧范围</translation>
    </message>
    <message>
        <source>Range &amp;Begins Here</source>
        <translation>范围从此处开始(&amp;B)</translation>
    </message>
    <message>
        <source>Range &amp;Ends Here</source>
        <translation>范围到此处结束(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Whole Clip</source>
        <translation>整个片段(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Clear the Range</source>
        <translation>清除范围(&amp;C)</translation>
    </message>
    <message>
        <source>Open a video first</source>
        <translation>请先打开视频</translation>
    </message>
    <message>
        <source>No range of frames is chosen</source>
        <translation>未选择帧范围</translation>
    </message>
</context>
<context>
    <name>poselift::RangeEditController</name>
    <message>
        <source>Over &amp;the Range</source>
        <translation>对范围编辑(&amp;T)</translation>
    </message>
    <message>
        <source>Over the range</source>
        <translation>对范围编辑</translation>
    </message>
    <message>
        <source>&amp;Interpolate Linearly</source>
        <translation>线性插值(&amp;I)</translation>
    </message>
    <message>
        <source>Interpolate &amp;Cubically</source>
        <translation>三次插值(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Smooth…</source>
        <translation>平滑(&amp;S)…</translation>
    </message>
    <message>
        <source>Swap Left and Right of the Chosen &amp;Joints</source>
        <translation>交换所选关节的左右(&amp;J)</translation>
    </message>
    <message>
        <source>Swap Left and Right of the Li&amp;mb</source>
        <translation>交换肢体的左右(&amp;M)</translation>
    </message>
    <message>
        <source>Swap Left and Right of the Whole &amp;Person</source>
        <translation>交换整个人物的左右(&amp;P)</translation>
    </message>
    <message>
        <source>Mark &amp;Visible</source>
        <translation>标记为可见(&amp;V)</translation>
    </message>
    <message>
        <source>Mark &amp;Occluded</source>
        <translation>标记为被遮挡(&amp;O)</translation>
    </message>
    <message>
        <source>Mark &amp;Absent</source>
        <translation>标记为不存在(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>锁定(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>解锁(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Delete the Keypoints</source>
        <translation>删除关键点(&amp;D)</translation>
    </message>
    <message>
        <source>Pred&amp;ictions</source>
        <translation>预测(&amp;I)</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Accept the &amp;Chosen Joints</source>
        <translation>接受所选关节(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Accept the Person in This Frame</source>
        <translation>接受此帧中的人物(&amp;A)</translation>
    </message>
    <message>
        <source>Accept over the &amp;Range</source>
        <translation>接受整个范围(&amp;R)</translation>
    </message>
    <message>
        <source>Refuse the Chosen &amp;Joints</source>
        <translation>拒绝所选关节(&amp;J)</translation>
    </message>
    <message>
        <source>Re&amp;fuse the Person in This Frame</source>
        <translation>拒绝此帧中的人物(&amp;F)</translation>
    </message>
    <message>
        <source>Refuse &amp;over the Range</source>
        <translation>拒绝整个范围(&amp;O)</translation>
    </message>
    <message>
        <source>Choose a person first: click one in the picture or its strip in the timeline</source>
        <translation>请先选择人物：单击画面中的人物或其在时间轴上的置信度带</translation>
    </message>
    <message>
        <source>Choose a range of frames first: Shift+drag on the timeline, or its begin and end here</source>
        <translation>请先选择帧范围：在时间轴上 Shift+拖动，或在此处设定起点和终点</translation>
    </message>
    <message>
        <source>Choose joints of the person first</source>
        <translation>请先选择人物的关节</translation>
    </message>
    <message>
        <source>This skeleton has no left and right</source>
        <translation>此骨架没有左右之分</translation>
    </message>
    <message>
        <source>The chosen joint has no left and right</source>
        <translation>所选关节没有左右之分</translation>
    </message>
    <message>
        <source>Nobody is chosen</source>
        <translation>未选择人物</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>frames, joints: what the menu&apos;s actions work on</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message numerus="yes">
        <source>all %n joint(s)</source>
        <translation>
            <numerusform>全部 %n 个关节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>%n 个关节</numerusform>
        </translation>
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
    <name>poselift::RecoveryDialog</name>
    <message>
        <source>Recovered Edits</source>
        <translation>已恢复的编辑</translation>
    </message>
    <message numerus="yes">
        <source>Poselift was not closed properly the last time. %n edit(s) that the project file does not hold were recovered:</source>
        <translation>
            <numerusform>Poselift 上次未正常关闭。已恢复项目文件中没有的 %n 个编辑：</numerusform>
        </translation>
    </message>
    <message>
        <source>Recovered edits, the oldest first</source>
        <translation>已恢复的编辑，最早的在前</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Go On Without Saving</source>
        <translation>不保存并继续(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Take Them Back</source>
        <translation>撤回它们(&amp;T)</translation>
    </message>
    <message>
        <source>As the project file has it; the edits can still be redone.</source>
        <translation>恢复到项目文件中的状态；这些编辑仍可重做。</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
</context>
<context>
    <name>poselift::ReviewWeightsPanel</name>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>What the picture says</source>
        <translation>以画面为准</translation>
    </message>
    <message>
        <source>What the 3D says</source>
        <translation>以三维为准</translation>
    </message>
    <message>
        <source>Exchanged sides first</source>
        <translation>左右互换优先</translation>
    </message>
    <message>
        <source>How much each reason counts</source>
        <translation>各原因所占的比重</translation>
    </message>
    <message>
        <source>Preset of the weights</source>
        <translation>权重的预设</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>Weight: %1</source>
        <translation>权重：%1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Own weights</source>
        <translation>自定义权重</translation>
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
    <name>poselift::RunTableModel</name>
    <message>
        <source>%1 %2 %3 (%4)</source>
        <comment>symbol, difference, unit, metric</comment>
        <translation>%1 %2 %3（%4）</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>学习来源</translation>
    </message>
</context>
<context>
    <name>poselift::SceneView</name>
    <message>
        <source>3D view of the people</source>
        <translation>人物的三维视图</translation>
    </message>
    <message>
        <source>bone lengths kept</source>
        <translation>保持骨长</translation>
    </message>
    <message>
        <source>bone lengths released</source>
        <translation>不保持骨长</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>手动修正</translation>
    </message>
    <message>
        <source>%1: x %2, y %3, z %4 mm</source>
        <translation>%1：x %2，y %3，z %4 毫米</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>place of a joint; state of it</comment>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>Fit everyone</source>
        <translation>适应所有人</translation>
    </message>
    <message>
        <source>Look from the front</source>
        <translation>从正面看</translation>
    </message>
    <message>
        <source>Look from the side</source>
        <translation>从侧面看</translation>
    </message>
    <message>
        <source>Look from above</source>
        <translation>从上方看</translation>
    </message>
    <message>
        <source>Look through the video&apos;s camera</source>
        <translation>从视频的相机看</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Turn up</source>
        <translation>向上旋转</translation>
    </message>
    <message>
        <source>Turn down</source>
        <translation>向下旋转</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>视野左移</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>视野右移</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>视野上移</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>视野下移</translation>
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
    <name>poselift::SmoothDialog</name>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message numerus="yes">
        <source>The %n chosen</source>
        <translation>
            <numerusform>所选的 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n</source>
        <translation>
            <numerusform>全部 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen joints</source>
        <translation>所选关节</translation>
    </message>
    <message>
        <source>All joints</source>
        <translation>所有关节</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>关节</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Savitzky–Golay (keeps peaks, no lag)</source>
        <translation>Savitzky–Golay（保留峰值，无滞后）</translation>
    </message>
    <message>
        <source>One Euro (calm at rest, quick in motion)</source>
        <translation>One Euro（静止时平稳，运动时灵敏）</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source>Frames that each value is fitted to; always odd, more means smoother</source>
        <translation>拟合每个值所用的帧数；总是奇数，越大越平滑</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>阶数</translation>
    </message>
    <message>
        <source>Degree of the polynomial; less means smoother</source>
        <translation>多项式的次数；越小越平滑</translation>
    </message>
    <message>
        <source>Lowest cutoff</source>
        <translation>最低截止频率</translation>
    </message>
    <message>
        <source> Hz</source>
        <translation> Hz</translation>
    </message>
    <message>
        <source>Cutoff at rest; less means smoother</source>
        <translation>静止时的截止频率；越小越平滑</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
    </message>
    <message>
        <source>How fast the cutoff rises with the speed, Hz per px/s; more means less lag in fast motion</source>
        <translation>截止频率随速度上升的快慢，单位 Hz/(px/s)；越大，快速运动时的滞后越小</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>No keypoint would move. Locked ones and gaps stay as they are.</source>
        <translation>没有关键点会移动。已锁定的关键点和空缺保持不变。</translation>
    </message>
    <message>
        <source>%1 would move, by %2 px on average and %3 px at most. Locked ones and gaps stay as they are.</source>
        <translation>%1会移动，平均 %2 像素，最多 %3 像素。已锁定的关键点和空缺保持不变。</translation>
    </message>
    <message numerus="yes">
        <source>%n keypoint(s)</source>
        <translation>
            <numerusform>%n 个关键点</numerusform>
        </translation>
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
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>10 frames back</source>
        <translation>后退 10 帧</translation>
    </message>
    <message>
        <source>10 frames forward</source>
        <translation>前进 10 帧</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>%1. Chosen: %2</source>
        <translation>%1。所选：%2</translation>
    </message>
    <message>
        <source>Chosen: %1</source>
        <translation>所选：%1</translation>
    </message>
</context>
<context>
    <name>poselift::TrainedModels</name>
    <message>
        <source>✓ This model is in use.</source>
        <translation>✓ 正在使用此模型。</translation>
    </message>
    <message>
        <source>The old model is in use; this one is installed, too.</source>
        <translation>正在使用旧模型；此模型也已安装。</translation>
    </message>
</context>
<context>
    <name>poselift::TrainingPanel</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>%1 frames/s</source>
        <translation>%1 帧/秒</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Pages of the training</source>
        <translation>训练的页面</translation>
    </message>
    <message>
        <source>&amp;Curves</source>
        <translation>曲线(&amp;C)</translation>
    </message>
    <message>
        <source>Before and &amp;After</source>
        <translation>前后对比(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Runs</source>
        <translation>训练记录(&amp;R)</translation>
    </message>
    <message>
        <source>State of the training</source>
        <translation>训练状态</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop at this step; the training can be resumed from here</source>
        <translation>在此步停止；可从这里继续训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with this run from its last checkpoint</source>
        <translation>从最近的检查点继续此训练</translation>
    </message>
    <message>
        <source>&amp;Logarithmic scale</source>
        <translation>对数坐标(&amp;L)</translation>
    </message>
    <message>
        <source>What the training said last</source>
        <translation>训练的最新消息</translation>
    </message>
    <message>
        <source>Runs of this project</source>
        <translation>本项目的训练记录</translation>
    </message>
    <message>
        <source>This project has not been learned from yet. Choose Fine-Tune… in the menu Model.</source>
        <translation>尚未从本项目学习。请在“模型”菜单中选择“微调…”。</translation>
    </message>
    <message>
        <source>Runs of this project, the newest first</source>
        <translation>本项目的训练记录，最新的在前</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>尚无训练</translation>
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
</TS>
