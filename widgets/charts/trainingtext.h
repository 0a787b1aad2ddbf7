#pragma once

#include "core/training/trainingreport.h"

#include <QString>

#include <string>

namespace poselift {

/// Names of a run's parts for people, translated. Names that are not known are shown with spaces
/// instead of underscores.
QString lossTermText(const std::string &term);       ///< "bone_length" → "Bone lengths"
QString metricText(const std::string &metric);       ///< "p_mpjpe_mm" → "P-MPJPE"
QString metricUnit(const std::string &metric);       ///< "mm", "px"
QString objectiveText(const std::string &objective); ///< "reprojection" → "2D corrections (reprojection)"

/// "▼" smaller error, "▲" larger error, "≈" when the 95 % interval holds zero.
QString changeSymbol(const ErrorChange &change);
/// "−12.8", "+3.0": with a sign, of the language now.
QString signedText(double value, int decimals = 1);
/// The change in words, for screen readers and tool tips: "better by 12.8 mm".
QString changeText(const ErrorChange &change, const std::string &metric);

} // namespace poselift
