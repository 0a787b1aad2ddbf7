#pragma once

#include <QString>

#include <string>

namespace poselift {

/// Name of a joint for people, translated ("left_knee" → "left knee"). Names without a translation
/// are shown with spaces instead of underscores.
QString displayJointName(const std::string &jointName);

} // namespace poselift
