#pragma once

#include <QString>

#include <optional>

namespace poselift {

/// "m:ss.mmm", with hours in front when there are any; negative times keep their sign.
QString formatTime(double seconds);
/// The inverse: "90", "1:30", "1:30.5", "1:02:03.25". Nothing for anything else.
std::optional<double> parseTime(const QString &text);

} // namespace poselift
