#include "widgets/tables/queueview.h"

#include "widgets/tables/reviewtext.h"
#include "widgets/tables/scorebardelegate.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

namespace {

constexpr int kProgressSteps = 1000;

} // namespace

QueueView::QueueView(QWidget *parent) : QWidget(parent), m_model(new QueueTableModel(this))
{
    setObjectName(QStringLiteral("queueView"));
    setAccessibleName(tr("What to correct next"));
    makeTable();
    m_empty = new QLabel(this);
    m_empty->setObjectName(QStringLiteral("queueEmptyLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(12);
    m_stack = new QStackedWidget(this);
    m_stack->setObjectName(QStringLiteral("queueStack"));
    m_stack->setAccessibleName(accessibleName());
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    m_weights = new ReviewWeightsPanel(this);
    m_weights->hide();
    connect(m_weights, &ReviewWeightsPanel::emphasisChosen, this, &QueueView::emphasisChosen);
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("queueSummaryLabel"));
    m_summary->setMargin(4);
    m_summary->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFilters());
    layout->addWidget(m_weights);
    layout->addWidget(makeProgress());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_summary);
}

QWidget *QueueView::makeFilters()
{
    auto *bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("queueFilterBar"));
    m_people = new QComboBox(bar);
    m_people->setObjectName(QStringLiteral("queuePersonBox"));
    m_people->setAccessibleName(tr("Show only this person"));
    m_people->setToolTip(m_people->accessibleName());
    m_people->addItem(tr("Everybody"), 0);
    m_reasons = new QComboBox(bar);
    m_reasons->setObjectName(QStringLiteral("queueReasonBox"));
    m_reasons->setAccessibleName(tr("Rank by this reason only"));
    m_reasons->setToolTip(m_reasons->accessibleName());
    m_reasons->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_reasons->setMinimumContentsLength(12);
    m_reasons->addItem(tr("All reasons"), -1);
    for (int i = 0; i < kReviewReasonCount; ++i) {
        const auto reason = static_cast<ReviewReason>(i);
        m_reasons->addItem(reviewReasonTitle(reason), i);
        m_reasons->setItemData(m_reasons->count() - 1, reviewReasonExplanation(reason), Qt::ToolTipRole);
    }
    m_weightsButton = new QToolButton(bar);
    m_weightsButton->setObjectName(QStringLiteral("queueWeightsButton"));
    m_weightsButton->setText(tr("Weights"));
    m_weightsButton->setAccessibleName(tr("Show how much each reason counts"));
    m_weightsButton->setToolTip(m_weightsButton->accessibleName());
    m_weightsButton->setCheckable(true);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 4, 6, 4);
    row->addWidget(m_people);
    row->addWidget(m_reasons, 1);
    row->addWidget(m_weightsButton);
    connect(m_people, &QComboBox::currentIndexChanged, this, &QueueView::filterChanged);
    connect(m_reasons, &QComboBox::currentIndexChanged, this, &QueueView::filterChanged);
    connect(m_weightsButton, &QToolButton::toggled, this, [this](bool on) {
        m_weights->setVisible(on);
        Q_EMIT weightsShown(on);
    });
    return bar;
}

void QueueView::makeTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("queueTable"));
    m_table->setAccessibleName(tr("Frames to correct, the worst first"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(QueueTableModel::ScoreColumn, new ScoreBarDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->verticalHeader()->setObjectName(QStringLiteral("queueTableRowHeader"));
    m_table->verticalHeader()->hide();
    for (auto *corner : m_table->findChildren<QAbstractButton *>()) {
        corner->setObjectName(QStringLiteral("queueTableCorner"));
        corner->setAccessibleName(m_table->accessibleName());
    }
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    QHeaderView *header = m_table->horizontalHeader();
    header->setObjectName(QStringLiteral("queueTableHeader"));
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    const int letter = m_table->fontMetrics().averageCharWidth();
    const std::pair<int, int> widths[] = {{QueueTableModel::RankColumn, 5},
                                          {QueueTableModel::FrameColumn, 17},
                                          {QueueTableModel::PersonColumn, 10},
                                          {QueueTableModel::JointsColumn, 22},
                                          {QueueTableModel::ScoreColumn, 9}};
    for (const auto &[column, letters] : widths)
        m_table->setColumnWidth(column, letters * letter);
    m_table->setColumnWidth(QueueTableModel::ReasonColumn, 34 * letter);
    // The reason names the joints, too: it is what a narrow dock has to show.
    header->moveSection(header->visualIndex(QueueTableModel::ReasonColumn), QueueTableModel::JointsColumn);
    header->moveSection(header->visualIndex(QueueTableModel::JointsColumn), header->count() - 1);
    // Activated by Enter and double click on every platform, unlike QAbstractItemView::activated().
    auto *go = new QAction(tr("&Go to This Frame"), m_table);
    go->setObjectName(QStringLiteral("goToQueueRowAction"));
    go->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    go->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(go);
    const auto activate = [this] {
        if (currentRow() >= 0)
            Q_EMIT rowActivated(currentRow());
    };
    connect(go, &QAction::triggered, this, activate);
    connect(m_table, &QTableView::doubleClicked, this, activate);
}

QWidget *QueueView::makeProgress()
{
    m_progressRow = new QWidget(this);
    m_progressRow->setObjectName(QStringLiteral("queueProgressRow"));
    m_progress = new QProgressBar(m_progressRow);
    m_progress->setObjectName(QStringLiteral("queueProgressBar"));
    m_progress->setAccessibleName(tr("Frames that have been looked at"));
    m_progress->setRange(0, kProgressSteps);
    auto *cancel = new QToolButton(m_progressRow);
    cancel->setObjectName(QStringLiteral("queueCancelButton"));
    cancel->setText(tr("Cancel"));
    cancel->setAccessibleName(tr("Stop looking at frames"));
    connect(cancel, &QToolButton::clicked, this, &QueueView::cancelRequested);
    auto *row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(6, 0, 6, 4);
    row->addWidget(m_progress, 1);
    row->addWidget(cancel);
    m_progressRow->hide();
    return m_progressRow;
}

void QueueView::setRows(std::vector<QueueRow> rows)
{
    const int before = currentRow();
    const std::optional<QueueRow> chosen =
        before >= 0 ? std::optional(m_model->rows()[static_cast<std::size_t>(before)]) : std::nullopt;
    m_model->setRows(std::move(rows));
    showTableOrText();
    if (chosen)
        setCurrentRow(m_model->rowOf(chosen->track, chosen->frame));
}

int QueueView::currentRow() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.row() : -1;
}

void QueueView::setCurrentRow(int row)
{
    if (row < 0 || row >= m_model->rowCount()) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
        return;
    }
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, QueueTableModel::RankColumn));
}

void QueueView::showTableOrText()
{
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
}

void QueueView::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void QueueView::setSummary(const QString &text)
{
    m_summary->setText(text);
    m_summary->setVisible(!text.isEmpty());
}

void QueueView::setProgress(qint64 done, qint64 total)
{
    m_progressRow->setVisible(total > 0);
    m_progress->setValue(total > 0 ? static_cast<int>(kProgressSteps * done / total) : 0);
}

void QueueView::setPeople(const std::vector<std::pair<TrackId, QString>> &people)
{
    const TrackId before = personFilter();
    {
        const QSignalBlocker blocker(m_people);
        m_people->clear();
        m_people->addItem(tr("Everybody"), 0);
        for (const auto &[track, name] : people)
            m_people->addItem(name, track);
        m_people->setCurrentIndex(std::max(0, m_people->findData(before)));
    }
    if (personFilter() != before)
        Q_EMIT filterChanged();
}

void QueueView::setWeightsVisible(bool visible)
{
    m_weightsButton->setChecked(visible);
}

void QueueView::addRowAction(QAction *action)
{
    m_table->addAction(action);
}

TrackId QueueView::personFilter() const
{
    return m_people->currentData().toInt();
}

std::optional<ReviewReason> QueueView::reasonFilter() const
{
    const int reason = m_reasons->currentData().toInt();
    return reason >= 0 ? std::optional(static_cast<ReviewReason>(reason)) : std::nullopt;
}

} // namespace poselift
