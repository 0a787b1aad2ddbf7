#include "widgets/tables/tablesetup.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QTableView>

namespace poselift {

void setUpRowTable(QTableView *table, const QString &name, const QString &accessibleName)
{
    table->setObjectName(name);
    table->setAccessibleName(accessibleName);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->setObjectName(name + QStringLiteral("RowHeader"));
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    for (auto *corner : table->findChildren<QAbstractButton *>()) {
        corner->setObjectName(name + QStringLiteral("Corner"));
        corner->setAccessibleName(accessibleName);
    }
    table->horizontalHeader()->setObjectName(name + QStringLiteral("Header"));
    table->horizontalHeader()->setAccessibleName(accessibleName);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
}

} // namespace poselift
