#pragma once

#include "core/base/error.h"

#include <QString>

namespace poselift {

/// The sentence of @p error in the language of the application.
QString errorText(const Error &error);

} // namespace poselift
