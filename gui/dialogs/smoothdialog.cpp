#include "gui/dialogs/smoothdialog.h"

#include "core/pose/edit/patcheffect.h"
#include "widgets/timeline/rangetext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QFuture>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QtConcurrent/QtConcurrentRun>

namespace poselift {

namespace {

constexpr int kPauseMs = 150;
constexpr int kMaxWindow = 501;
constexpr int kMaxOrder = 5;

} // namespace

SmoothDialog::SmoothDialog(std::shared_ptr<const Project> person, const KeypointSelection &target, bool hasChoice,
                           const SmoothingOptions &options, QWidget *parent)
    : QDialog(parent), m_person(std::move(person)), m_target(target)
{
    setObjectName(QStringLiteral("smoothDialog"));
    setWindowTitle(tr("Smooth"));
    setAccessibleName(windowTitle());
    auto *form = new QFormLayout;
    auto *range = new QLabel(rangeText(target.frames, m_person->media.seconds), this);
    range->setObjectName(QStringLiteral("smoothRange"));
    form->addRow(tr("Range"), range);
    makeJoints(form, hasChoice);
    makeMethod(form);
    m_effect = new QLabel(this);
    m_effect->setObjectName(QStringLiteral("smoothEffect"));
    m_effect->setWordWrap(true);
    m_effect->setMinimumHeight(2 * m_effect->fontMetrics().lineSpacing());
    m_effect->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_pages);
    layout->addWidget(m_effect);
    layout->addStretch();
    layout->addWidget(makeButtons());
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SmoothDialog::preview);
    showOptions(options);
    optionsChanged();
    setMinimumWidth(420);
}

SmoothDialog::~SmoothDialog() = default;

void SmoothDialog::makeJoints(QFormLayout *form, bool hasChoice)
{
    m_chosen = new QRadioButton(tr("The %n chosen", nullptr, static_cast<int>(m_target.joints.size())), this);
    m_all = new QRadioButton(tr("All %n", nullptr, m_person->skeleton.jointCount()), this);
    m_chosen->setObjectName(QStringLiteral("smoothChosen"));
    m_all->setObjectName(QStringLiteral("smoothAll"));
    m_chosen->setAccessibleName(tr("The chosen joints"));
    m_all->setAccessibleName(tr("All joints"));
    m_chosen->setVisible(hasChoice);
    (hasChoice ? m_chosen : m_all)->setChecked(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_chosen);
    row->addWidget(m_all);
    row->addStretch();
    form->addRow(tr("Joints"), row);
    connect(m_all, &QRadioButton::toggled, this, &SmoothDialog::optionsChanged);
}

void SmoothDialog::makeMethod(QFormLayout *form)
{
    m_method = new QComboBox(this);
    m_method->setObjectName(QStringLiteral("smoothMethod"));
    m_method->setAccessibleName(tr("Method"));
    m_method->addItem(tr("Savitzky–Golay (keeps peaks, no lag)"), static_cast<int>(SmoothingMethod::SavitzkyGolay));
    m_method->addItem(tr("One Euro (calm at rest, quick in motion)"), static_cast<int>(SmoothingMethod::OneEuro));
    form->addRow(tr("Method"), m_method);
    m_pages = new QStackedWidget(this);
    m_pages->setObjectName(QStringLiteral("smoothPages"));
    makeSavitzkyGolay();
    makeOneEuro();
    connect(m_method, &QComboBox::currentIndexChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_method, &QComboBox::currentIndexChanged, this, &SmoothDialog::optionsChanged);
}

void SmoothDialog::makeSavitzkyGolay()
{
    auto *page = new QWidget(m_pages);
    page->setObjectName(QStringLiteral("savitzkyGolayPage"));
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    m_window = new QSpinBox(page);
    m_window->setObjectName(QStringLiteral("smoothWindow"));
    m_window->setAccessibleName(tr("Window"));
    m_window->setRange(3, kMaxWindow);
    m_window->setSingleStep(2);
    m_window->setSuffix(tr(" frames"));
    m_window->setToolTip(tr("Frames that each value is fitted to; always odd, more means smoother"));
    m_order = new QSpinBox(page);
    m_order->setObjectName(QStringLiteral("smoothOrder"));
    m_order->setAccessibleName(tr("Order"));
    m_order->setRange(0, kMaxOrder);
    m_order->setToolTip(tr("Degree of the polynomial; less means smoother"));
    form->addRow(tr("Window"), m_window);
    form->addRow(tr("Order"), m_order);
    m_pages->addWidget(page);
    for (QSpinBox *field : {m_window, m_order})
        connect(field, &QSpinBox::valueChanged, this, &SmoothDialog::optionsChanged);
}

void SmoothDialog::makeOneEuro()
{
    auto *page = new QWidget(m_pages);
    page->setObjectName(QStringLiteral("oneEuroPage"));
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    m_minCutoff = addNumber(form, "smoothMinCutoff", tr("Lowest cutoff"), 100, 2, tr(" Hz"),
                            tr("Cutoff at rest; less means smoother"));
    m_minCutoff->setMinimum(0.01);
    m_minCutoff->setSingleStep(0.1);
    m_beta = addNumber(form, "smoothBeta", tr("Beta"), 10, 4, {},
                       tr("How fast the cutoff rises with the speed, Hz per px/s; more means less lag in fast motion"));
    m_beta->setSingleStep(0.005);
    m_pages->addWidget(page);
}

QDoubleSpinBox *SmoothDialog::addNumber(QFormLayout *form, const char *objectName, const QString &label, double maximum,
                                        int decimals, const QString &unit, const QString &explanation)
{
    auto *field = new QDoubleSpinBox(this);
    field->setObjectName(QString::fromLatin1(objectName));
    field->setAccessibleName(label);
    field->setRange(0, maximum);
    field->setDecimals(decimals);
    field->setSuffix(unit);
    field->setToolTip(explanation);
    form->addRow(label, field);
    connect(field, &QDoubleSpinBox::valueChanged, this, &SmoothDialog::optionsChanged);
    return field;
}

QDialogButtonBox *SmoothDialog::makeButtons()
{
    auto *buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    buttons->setObjectName(QStringLiteral("smoothButtons"));
    QPushButton *smooth = buttons->button(QDialogButtonBox::Ok);
    smooth->setObjectName(QStringLiteral("smoothOk"));
    smooth->setText(tr("Smooth"));
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("smoothCancel"));
    QPushButton *defaults = buttons->button(QDialogButtonBox::RestoreDefaults);
    defaults->setObjectName(QStringLiteral("smoothDefaults"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(defaults, &QPushButton::clicked, this, [this] {
        SmoothingOptions standard;
        standard.method = options().method;
        showOptions(standard);
    });
    return buttons;
}

void SmoothDialog::showOptions(const SmoothingOptions &options)
{
    m_window->setValue(options.window);
    m_order->setValue(options.order);
    m_minCutoff->setValue(options.minCutoffHz);
    m_beta->setValue(options.beta);
    m_method->setCurrentIndex(m_method->findData(static_cast<int>(options.method)));
}

SmoothingOptions SmoothDialog::options() const
{
    SmoothingOptions options;
    options.method = static_cast<SmoothingMethod>(m_method->currentData().toInt());
    // A typed even number means the next odd one: a window has a middle.
    options.window = m_window->value() | 1;
    options.order = std::min(m_order->value(), options.window - 1);
    options.minCutoffHz = m_minCutoff->value();
    options.beta = m_beta->value();
    return options;
}

KeypointSelection SmoothDialog::selection() const
{
    KeypointSelection selection = m_target;
    if (m_all->isChecked())
        selection.joints = allJoints(*m_person);
    return selection;
}

void SmoothDialog::optionsChanged()
{
    // Called while the fields are still being made.
    if (m_effect == nullptr)
        return;
    ++m_run;
    m_effect->setText(tr("Counting…"));
    m_pause.start();
}

void SmoothDialog::preview()
{
    const int run = ++m_run;
    QtConcurrent::run([person = m_person, selection = selection(), options = options()] {
        return effectOf(*person, smoothKeypoints(*person, selection, options));
    }).then(this, [this, run](const PatchEffect &effect) { showEffect(run, effect); });
}

void SmoothDialog::showEffect(int run, const PatchEffect &effect)
{
    if (run != m_run)
        return;
    if (effect.moved == 0)
        return m_effect->setText(tr("No keypoint would move. Locked ones and gaps stay as they are."));
    m_effect->setText(tr("%1 would move, by %2 px on average and %3 px at most. Locked ones and gaps stay as they are.")
                          .arg(tr("%n keypoint(s)", nullptr, static_cast<int>(effect.moved)),
                               locale().toString(effect.meanShiftPx, 'f', 2),
                               locale().toString(effect.maxShiftPx, 'f', 1)));
}

} // namespace poselift
