#pragma once

#include <QString>

class QTableView;

namespace poselift {

/// A table that is read and chosen from, a row at a time; it and its parts get names.
/// @param name  object name; the headers' are made from it
void setUpRowTable(QTableView *table, const QString &name, const QString &accessibleName);

} // namespace poselift
