#pragma once

#include "core/document/poseeditor.h"

namespace poselift {

/// What a dialog says while an edit is being made.
QString workingText(RangeEdit edit);
/// Why an edit has changed nothing.
QString nothingText(RangeEdit edit);

} // namespace poselift
