#include "widgets/timeline/rangetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <optional>

namespace poselift {

namespace {

struct RangeText
{
    Q_DECLARE_TR_FUNCTIONS(RangeText)
};

/// The last frame of a clip is taken to be as long as the one before.
std::optional<double> durationOf(const FrameRange &range, const std::vector<double> &seconds)
{
    const auto count = static_cast<std::int64_t>(seconds.size());
    if (range.first < 0 || range.last >= count || count < 2)
        return std::nullopt;
    const auto at = [&seconds](std::int64_t frame) { return seconds[static_cast<std::size_t>(frame)]; };
    const double end = range.last + 1 < count ? at(range.last + 1) : 2 * at(range.last) - at(range.last - 1);
    return end - at(range.first);
}

} // namespace

QString rangeText(const FrameRange &range, const std::vector<double> &seconds)
{
    const QLocale locale;
    const QString frames =
        range.count() == 1
            ? RangeText::tr("Frame %1").arg(locale.toString(range.first))
            : RangeText::tr("Frames %1–%2").arg(locale.toString(range.first), locale.toString(range.last));
    const QString count = RangeText::tr("%n frame(s)", nullptr, static_cast<int>(range.count()));
    const std::optional<double> duration = durationOf(range, seconds);
    if (!duration)
        return range.count() == 1 ? frames : RangeText::tr("%1: %2").arg(frames, count);
    //: frames, how many, how long
    return RangeText::tr("%1: %2, %3 s").arg(frames, count, locale.toString(*duration, 'f', 3));
}

} // namespace poselift
