<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>RangeText</name>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 is a list of joints</extracomment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::ChangeView</name>
    <message numerus="yes">
        <source>%n held-out frame(s)</source>
        <translation>
            <numerusform>%n held-out frame</numerusform>
            <numerusform>%n held-out frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::FinetuneDialog</name>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>about %n hour</numerusform>
            <numerusform>about %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n corrected frame(s)</source>
        <translation>
            <numerusform>%n corrected frame</numerusform>
            <numerusform>%n corrected frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>%n joint</numerusform>
            <numerusform>%n joints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::JobRow</name>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::JournalController</name>
    <message numerus="yes">
        <source>%n edit(s) that were not saved the last time were recovered.</source>
        <translation>
            <numerusform>%n edit that was not saved the last time was recovered.</numerusform>
            <numerusform>%n edits that were not saved the last time were recovered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n edit(s) of this video from the last time that were never saved.</source>
        <translation>
            <numerusform>There is %n edit of this video from the last time that was never saved.</numerusform>
            <numerusform>There are %n edits of this video from the last time that were never saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::PeopleController</name>
    <message numerus="yes">
        <source>%1, both seen in %n</source>
        <translation>
            <numerusform>%1, both seen in %n</numerusform>
            <numerusform>%1, both seen in %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::PoseEditor</name>
    <message numerus="yes">
        <source>Move %n keypoint(s)</source>
        <translation>
            <numerusform>Move %n keypoint</numerusform>
            <numerusform>Move %n keypoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rotate %n keypoint(s)</source>
        <translation>
            <numerusform>Rotate %n keypoint</numerusform>
            <numerusform>Rotate %n keypoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scale %n keypoint(s)</source>
        <translation>
            <numerusform>Scale %n keypoint</numerusform>
            <numerusform>Scale %n keypoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n keypoint(s) from the previous frame</source>
        <translation>
            <numerusform>Copy %n keypoint from the previous frame</numerusform>
            <numerusform>Copy %n keypoints from the previous frame</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) visible, %1</source>
        <translation>
            <numerusform>Mark %n keypoint visible, %1</numerusform>
            <numerusform>Mark %n keypoints visible, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) occluded, %1</source>
        <translation>
            <numerusform>Mark %n keypoint occluded, %1</numerusform>
            <numerusform>Mark %n keypoints occluded, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n keypoint(s) absent, %1</source>
        <translation>
            <numerusform>Mark %n keypoint absent, %1</numerusform>
            <numerusform>Mark %n keypoints absent, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lock %n keypoint(s), %1</source>
        <translation>
            <numerusform>Lock %n keypoint, %1</numerusform>
            <numerusform>Lock %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unlock %n keypoint(s), %1</source>
        <translation>
            <numerusform>Unlock %n keypoint, %1</numerusform>
            <numerusform>Unlock %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n keypoint(s), %1</source>
        <translation>
            <numerusform>Delete %n keypoint, %1</numerusform>
            <numerusform>Delete %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Swap left and right of %n keypoint(s), %1</source>
        <translation>
            <numerusform>Swap left and right of %n keypoint, %1</numerusform>
            <numerusform>Swap left and right of %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interpolate %n keypoint(s), %1</source>
        <translation>
            <numerusform>Interpolate %n keypoint, %1</numerusform>
            <numerusform>Interpolate %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Smooth %n keypoint(s), %1</source>
        <translation>
            <numerusform>Smooth %n keypoint, %1</numerusform>
            <numerusform>Smooth %n keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n predicted keypoint(s), %1</source>
        <translation>
            <numerusform>Accept %n predicted keypoint, %1</numerusform>
            <numerusform>Accept %n predicted keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n predicted keypoint(s), %1</source>
        <translation>
            <numerusform>Refuse %n predicted keypoint, %1</numerusform>
            <numerusform>Refuse %n predicted keypoints, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Release %n 3D correction(s)</source>
        <translation>
            <numerusform>Release %n 3D correction</numerusform>
            <numerusform>Release %n 3D corrections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::QueueController</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) corrected</source>
        <translation>
            <numerusform>%n frame corrected</numerusform>
            <numerusform>%n frames corrected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::RangeEditController</name>
    <message numerus="yes">
        <source>all %n joint(s)</source>
        <translation>
            <numerusform>all %n joint</numerusform>
            <numerusform>all %n joints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n joint(s)</source>
        <translation>
            <numerusform>%n joint</numerusform>
            <numerusform>%n joints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::RecoveryDialog</name>
    <message numerus="yes">
        <source>Poselift was not closed properly the last time. %n edit(s) that the project file does not hold were recovered:</source>
        <translation>
            <numerusform>Poselift was not closed properly the last time. %n edit that the project file does not hold was recovered:</numerusform>
            <numerusform>Poselift was not closed properly the last time. %n edits that the project file does not hold were recovered:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::RunController</name>
    <message numerus="yes">
        <source>%n person(s) found</source>
        <translation>
            <numerusform>%n person found</numerusform>
            <numerusform>%n people found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poselift::SmoothDialog</name>
    <message numerus="yes">
        <source>The %n chosen</source>
        <translation>
            <numerusform>The %n chosen</numerusform>
            <numerusform>The %n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n</source>
        <translation>
            <numerusform>All %n</numerusform>
            <numerusform>All %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keypoint(s)</source>
        <translation>
            <numerusform>%n keypoint</numerusform>
            <numerusform>%n keypoints</numerusform>
        </translation>
    </message>
</context>
</TS>
