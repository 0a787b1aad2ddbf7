#pragma once

#include "core/pose/project.h"

#include <QString>

namespace poselift {

/// "#3", or "Anna (#3)" when the person has a name.
QString personName(const Project &project, TrackId track);

} // namespace poselift
