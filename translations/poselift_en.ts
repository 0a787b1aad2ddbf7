<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
        <name>poselift::PoseEditor</name>
        <message numerus="yes">
            <source>Move %n keypoint(s)</source>
            <translation>
                <numerusform>Move %n keypoint</numerusform>
                <numerusform>Move %n keypoints</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) visible</source>
            <translation>
                <numerusform>Mark %n keypoint visible</numerusform>
                <numerusform>Mark %n keypoints visible</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) occluded</source>
            <translation>
                <numerusform>Mark %n keypoint occluded</numerusform>
                <numerusform>Mark %n keypoints occluded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mark %n keypoint(s) absent</source>
            <translation>
                <numerusform>Mark %n keypoint absent</numerusform>
                <numerusform>Mark %n keypoints absent</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Lock %n keypoint(s)</source>
            <translation>
                <numerusform>Lock %n keypoint</numerusform>
                <numerusform>Lock %n keypoints</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Unlock %n keypoint(s)</source>
            <translation>
                <numerusform>Unlock %n keypoint</numerusform>
                <numerusform>Unlock %n keypoints</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete %n keypoint(s)</source>
            <translation>
                <numerusform>Delete %n keypoint</numerusform>
                <numerusform>Delete %n keypoints</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Swap left and right in %n frame(s)</source>
            <translation>
                <numerusform>Swap left and right in %n frame</numerusform>
                <numerusform>Swap left and right in %n frames</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Interpolate %n frame(s)</source>
            <translation>
                <numerusform>Interpolate %n frame</numerusform>
                <numerusform>Interpolate %n frames</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Smooth %n frame(s)</source>
            <translation>
                <numerusform>Smooth %n frame</numerusform>
                <numerusform>Smooth %n frames</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Accept the predictions of %n frame(s)</source>
            <translation>
                <numerusform>Accept the predictions of %n frame</numerusform>
                <numerusform>Accept the predictions of %n frames</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Refuse the predictions of %n frame(s)</source>
            <translation>
                <numerusform>Refuse the predictions of %n frame</numerusform>
                <numerusform>Refuse the predictions of %n frames</numerusform>
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
</TS>
