#pragma once

#include <QIcon>

namespace poselift {

/// The line icon @p name of resources/icons (without ".svg"), drawn in the colour of button text of
/// the application's palette at the time of painting: right in light and dark, faint when disabled.
/// An unknown name gives a null icon.
QIcon themedIcon(const QString &name);

/// The application's icon, in its own colours.
QIcon applicationIcon();

} // namespace poselift
