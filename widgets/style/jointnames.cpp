#include "widgets/style/jointnames.h"

#include <QCoreApplication>

namespace poselift {

namespace {

// For lupdate only: the joints of all bundled skeletons as displayJointName() spells them.
[[maybe_unused]] const char *const kJointNames[] = {
    QT_TRANSLATE_NOOP("Joint", "nose"),
    QT_TRANSLATE_NOOP("Joint", "left eye"),
    QT_TRANSLATE_NOOP("Joint", "right eye"),
    QT_TRANSLATE_NOOP("Joint", "left ear"),
    QT_TRANSLATE_NOOP("Joint", "right ear"),
    QT_TRANSLATE_NOOP("Joint", "left shoulder"),
    QT_TRANSLATE_NOOP("Joint", "right shoulder"),
    QT_TRANSLATE_NOOP("Joint", "left elbow"),
    QT_TRANSLATE_NOOP("Joint", "right elbow"),
    QT_TRANSLATE_NOOP("Joint", "left wrist"),
    QT_TRANSLATE_NOOP("Joint", "right wrist"),
    QT_TRANSLATE_NOOP("Joint", "left hand"),
    QT_TRANSLATE_NOOP("Joint", "right hand"),
    QT_TRANSLATE_NOOP("Joint", "left hip"),
    QT_TRANSLATE_NOOP("Joint", "right hip"),
    QT_TRANSLATE_NOOP("Joint", "left knee"),
    QT_TRANSLATE_NOOP("Joint", "right knee"),
    QT_TRANSLATE_NOOP("Joint", "left ankle"),
    QT_TRANSLATE_NOOP("Joint", "right ankle"),
    QT_TRANSLATE_NOOP("Joint", "left foot"),
    QT_TRANSLATE_NOOP("Joint", "right foot"),
    QT_TRANSLATE_NOOP("Joint", "left toe"),
    QT_TRANSLATE_NOOP("Joint", "right toe"),
    QT_TRANSLATE_NOOP("Joint", "left big toe"),
    QT_TRANSLATE_NOOP("Joint", "right big toe"),
    QT_TRANSLATE_NOOP("Joint", "left small toe"),
    QT_TRANSLATE_NOOP("Joint", "right small toe"),
    QT_TRANSLATE_NOOP("Joint", "left heel"),
    QT_TRANSLATE_NOOP("Joint", "right heel"),
    QT_TRANSLATE_NOOP("Joint", "left collar"),
    QT_TRANSLATE_NOOP("Joint", "right collar"),
    QT_TRANSLATE_NOOP("Joint", "left clavicle"),
    QT_TRANSLATE_NOOP("Joint", "right clavicle"),
    QT_TRANSLATE_NOOP("Joint", "head"),
    QT_TRANSLATE_NOOP("Joint", "head top"),
    QT_TRANSLATE_NOOP("Joint", "neck"),
    QT_TRANSLATE_NOOP("Joint", "neck base"),
    QT_TRANSLATE_NOOP("Joint", "upper neck"),
    QT_TRANSLATE_NOOP("Joint", "thorax"),
    QT_TRANSLATE_NOOP("Joint", "spine"),
    QT_TRANSLATE_NOOP("Joint", "spine1"),
    QT_TRANSLATE_NOOP("Joint", "spine2"),
    QT_TRANSLATE_NOOP("Joint", "spine3"),
    QT_TRANSLATE_NOOP("Joint", "spine4"),
    QT_TRANSLATE_NOOP("Joint", "pelvis"),
    QT_TRANSLATE_NOOP("Joint", "hip"),
    QT_TRANSLATE_NOOP("Joint", "mid hip"),
    QT_TRANSLATE_NOOP("Joint", "mid shoulder"),
    QT_TRANSLATE_NOOP("Joint", "root"),
};

} // namespace

QString displayJointName(const std::string &jointName)
{
    std::string words = jointName;
    for (char &c : words) {
        if (c == '_')
            c = ' ';
    }
    return QCoreApplication::translate("Joint", words.c_str());
}

} // namespace poselift
