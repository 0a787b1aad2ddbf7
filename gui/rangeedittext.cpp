#include "gui/rangeedittext.h"

#include <QCoreApplication>

namespace poselift {

namespace {

struct RangeEditText
{
    Q_DECLARE_TR_FUNCTIONS(RangeEditText)
};

} // namespace

QString workingText(RangeEdit edit)
{
    switch (edit) {
    case RangeEdit::Interpolate:
        return RangeEditText::tr("Interpolating…");
    case RangeEdit::Smooth:
        return RangeEditText::tr("Smoothing…");
    default:
        return RangeEditText::tr("Changing keypoints…");
    }
}

QString nothingText(RangeEdit edit)
{
    switch (edit) {
    case RangeEdit::Interpolate:
        return RangeEditText::tr("Nothing to interpolate: a joint needs a corrected or locked keypoint before and "
                                 "after, or a known one at both ends of the range");
    case RangeEdit::Smooth:
        return RangeEditText::tr("Nothing to smooth: no unlocked keypoints are known there, or they are smooth");
    case RangeEdit::AcceptPredictions:
    case RangeEdit::RefusePredictions:
        return RangeEditText::tr("No open predictions there");
    default:
        return RangeEditText::tr("Nothing to change: the keypoints are locked, not known, or like that already");
    }
}

} // namespace poselift
