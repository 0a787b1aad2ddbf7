#pragma once

#include <QString>

namespace poselift {

/// Why OpenGL cannot be used for a window of this process, as a sentence for people; empty when it
/// can. Tried once, then remembered. POSELIFT_NO_OPENGL=1 in the environment says no.
QString openGlProblem();

} // namespace poselift
