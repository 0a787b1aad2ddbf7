#include "gui/dialogs/finetunedialog.h"

#include "gui/errortext.h"
#include "widgets/charts/trainingtext.h"
#include "widgets/timeline/rangetext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include <cmath>
#include <utility>

namespace poselift {

namespace {

constexpr int kPauseMs = 400;

enum FrameChoice
{
    CorrectedFrames,
    RangeFrames,
    AllFrames
};

QString durationText(double seconds)
{
    if (seconds < 90)
        return FinetuneDialog::tr("about %n second(s)", nullptr, std::max(1, static_cast<int>(std::lround(seconds))));
    if (seconds < 5400)
        return FinetuneDialog::tr("about %n minute(s)", nullptr, static_cast<int>(std::lround(seconds / 60)));
    return FinetuneDialog::tr("about %n hour(s)", nullptr, static_cast<int>(std::lround(seconds / 3600)));
}

double numberOf(const nlohmann::json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : -1.0;
}

} // namespace

FinetuneDialog::FinetuneDialog(FinetuneSubject subject, QWidget *parent)
    : QDialog(parent), m_subject(std::move(subject))
{
    setObjectName(QStringLiteral("finetuneDialog"));
    setWindowTitle(tr("Fine-Tune"));
    setAccessibleName(windowTitle());
    auto *form = new QFormLayout;
    makeSubject(form);
    makeMethod(form);
    m_advanced = makeAdvanced();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_advancedButton);
    layout->addWidget(m_advanced);
    layout->addWidget(makeNotes());
    layout->addStretch();
    layout->addWidget(makeButtons());
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &FinetuneDialog::trialWanted);
    settingsChanged();
    setMinimumWidth(520);
}

QLabel *FinetuneDialog::addText(const char *objectName)
{
    auto *label = new QLabel(this);
    label->setObjectName(QString::fromLatin1(objectName));
    label->setWordWrap(true);
    return label;
}

QComboBox *FinetuneDialog::addBox(QFormLayout *form, const char *objectName, const QString &label,
                                  const QString &explanation)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(label);
    box->setToolTip(explanation);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    form->addRow(label, box);
    return box;
}

QString FinetuneDialog::subjectText() const
{
    const CorrectionCount &count = m_subject.corrections;
    if (count.frames == 0)
        return tr("No keypoint has been corrected by hand.");
    const QString truth = m_subject.corrections.hasTruth3d ? tr("There is 3D truth or there are 3D corrections.")
                                                           : tr("There is no 3D truth.");
    return tr("%1: %2 of %3. %4", "frames: joints of people. whether there is truth")
        .arg(tr("%n corrected frame(s)", nullptr, static_cast<int>(count.frames)),
             tr("%n joint(s)", nullptr, static_cast<int>(count.keypoints)),
             tr("%n person(s)", nullptr, static_cast<int>(count.people.size())), truth);
}

void FinetuneDialog::makeSubject(QFormLayout *form)
{
    QLabel *subject = addText("finetuneSubject");
    subject->setText(subjectText());
    form->addRow(tr("Corrections"), subject);
    m_frames = addBox(form, "finetuneFramesBox", tr("&Learn from"),
                      tr("Frames that are learned from; some of them are held out to measure with"));
    m_frames->addItem(tr("Corrected frames"), CorrectedFrames);
    if (m_subject.range.count() > 0)
        m_frames->addItem(rangeText(m_subject.range, {}), RangeFrames);
    m_frames->addItem(tr("All frames"), AllFrames);
    m_people = addBox(form, "finetunePeopleBox", tr("&People"), tr("People who are learned from"));
    m_people->addItem(tr("Everybody"), 0);
    for (const auto &[track, name] : m_subject.people)
        m_people->addItem(name, track);
    for (QComboBox *box : {m_frames, m_people})
        connect(box, &QComboBox::currentIndexChanged, this, &FinetuneDialog::settingsChanged);
}

void FinetuneDialog::makeMethod(QFormLayout *form)
{
    m_model = addBox(form, "finetuneModelBox", tr("&Model"),
                     tr("The lifter whose copy is trained; itself it stays as it is"));
    for (const auto &[name, title] : m_subject.models)
        m_model->addItem(title, name);
    m_model->setCurrentIndex(std::max(0, m_model->findData(m_subject.model)));
    m_objective = addBox(form, "finetuneObjectiveBox", tr("&Objective"), tr("What the training aims at"));
    for (const char *objective : {"auto", "supervised", "semi", "reprojection", "adversarial"})
        m_objective->addItem(objectiveText(objective), QString::fromLatin1(objective));
    m_quick = new QRadioButton(tr("&Quick"), this);
    m_quick->setObjectName(QStringLiteral("finetuneQuick"));
    m_quick->setToolTip(tr("Few steps: enough to see whether it gets better"));
    m_quick->setChecked(true);
    m_thorough = new QRadioButton(tr("&Thorough"), this);
    m_thorough->setObjectName(QStringLiteral("finetuneThorough"));
    m_thorough->setToolTip(tr("Until the held-out frames get no better"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_quick);
    row->addWidget(m_thorough);
    row->addStretch();
    form->addRow(tr("Preset"), row);
    for (QComboBox *box : {m_model, m_objective})
        connect(box, &QComboBox::currentIndexChanged, this, &FinetuneDialog::settingsChanged);
    connect(m_quick, &QRadioButton::toggled, this, &FinetuneDialog::settingsChanged);
}

QWidget *FinetuneDialog::makeAdvanced()
{
    m_advancedButton = new QToolButton(this);
    m_advancedButton->setObjectName(QStringLiteral("finetuneAdvancedButton"));
    m_advancedButton->setText(tr("&Advanced"));
    m_advancedButton->setAccessibleName(tr("Show more settings"));
    m_advancedButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_advancedButton->setArrowType(Qt::RightArrow);
    m_advancedButton->setAutoRaise(true);
    m_advancedButton->setCheckable(true);
    auto *page = new QWidget(this);
    page->setObjectName(QStringLiteral("finetuneAdvancedPage"));
    auto *form = new QFormLayout(page);
    form->setContentsMargins(18, 0, 0, 0);
    makeNumbers(form, page);
    makeRehearsal(form, page);
    m_device = addBox(form, "finetuneDeviceBox", tr("De&vice"), tr("auto takes an accelerator where there is one"));
    m_device->setEditable(true);
    m_device->addItems({QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda:0")});
    connect(m_device, &QComboBox::currentTextChanged, this, &FinetuneDialog::settingsChanged);
    page->hide();
    connect(m_advancedButton, &QToolButton::toggled, this, [this, page](bool on) {
        m_advancedButton->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        page->setVisible(on);
        adjustSize();
    });
    return page;
}

void FinetuneDialog::makeNumbers(QFormLayout *form, QWidget *page)
{
    m_steps = addCount(form, "finetuneSteps", tr("&Steps"), 10000000, tr("Steps of the whole training"));
    m_batch = addCount(form, "finetuneBatch", tr("&Batch"), 100000, tr("Frames of one step"));
    m_steps->setSpecialValueText(tr("from the preset"));
    m_batch->setSpecialValueText(tr("from the data"));
    m_learningRate = addShare(form, "finetuneLearningRate", tr("Learning &rate"),
                              tr("Length of a step; too large and the training runs away"));
    m_learningRate->setDecimals(6);
    m_learningRate->setSingleStep(0.0001);
    m_learningRate->setSpecialValueText(tr("from the preset"));
    m_frozen = addCount(form, "finetuneFrozen", tr("Fro&zen blocks"), 100,
                        tr("Blocks of the network, from its input, that stay as they are"));
    m_seed = addCount(form, "finetuneSeed", tr("Se&ed"), 2147483647, tr("The same seed gives the same training"));
    m_seed->setValue(1234);
    m_heldOutShare = addShare(form, "finetuneHeldOut", tr("&Held out"),
                              tr("Share of the frames that is not learned from and measures the result"));
    m_heldOutShare->setRange(0.05, 0.9);
    m_heldOutShare->setValue(0.25);
    page->setAccessibleName(tr("Advanced settings"));
}

void FinetuneDialog::makeRehearsal(QFormLayout *form, QWidget *page)
{
    m_rehearsal = new QLineEdit(m_subject.rehearsal, page);
    m_rehearsal->setObjectName(QStringLiteral("finetuneRehearsal"));
    m_rehearsal->setAccessibleName(tr("Rehearsal file"));
    m_rehearsal->setPlaceholderText(tr("none"));
    m_rehearsal->setToolTip(tr("Motion capture of the original training, seen again so that the old ability is kept"));
    auto *browse = new QToolButton(page);
    browse->setObjectName(QStringLiteral("finetuneRehearsalButton"));
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose the rehearsal file"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_rehearsal, 1);
    row->addWidget(browse);
    form->addRow(tr("Rehearsal &file"), row);
    if (auto *label = qobject_cast<QLabel *>(form->labelForField(row)))
        label->setBuddy(m_rehearsal);
    m_rehearsalShare = addShare(form, "finetuneRehearsalShare", tr("Rehearsal sh&are"),
                                tr("Share of every batch that comes from the rehearsal file"));
    m_rehearsalShare->setRange(0, 0.95);
    m_rehearsalShare->setValue(0.5);
    connect(browse, &QToolButton::clicked, this, &FinetuneDialog::chooseRehearsal);
    connect(m_rehearsal, &QLineEdit::textChanged, this, &FinetuneDialog::settingsChanged);
}

QSpinBox *FinetuneDialog::addCount(QFormLayout *form, const char *objectName, const QString &label, int maximum,
                                   const QString &explanation)
{
    auto *field = new QSpinBox(this);
    field->setObjectName(QString::fromLatin1(objectName));
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setRange(0, maximum);
    field->setToolTip(explanation);
    form->addRow(label, field);
    connect(field, &QSpinBox::valueChanged, this, &FinetuneDialog::settingsChanged);
    return field;
}

QDoubleSpinBox *FinetuneDialog::addShare(QFormLayout *form, const char *objectName, const QString &label,
                                         const QString &explanation)
{
    auto *field = new QDoubleSpinBox(this);
    field->setObjectName(QString::fromLatin1(objectName));
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setRange(0, 1);
    field->setSingleStep(0.05);
    field->setToolTip(explanation);
    form->addRow(label, field);
    connect(field, &QDoubleSpinBox::valueChanged, this, &FinetuneDialog::settingsChanged);
    return field;
}

void FinetuneDialog::chooseRehearsal()
{
    auto *dialog =
        new QFileDialog(this, tr("Rehearsal File"), m_rehearsal->text(), tr("Motion capture (*.h5);;All files (*)"));
    dialog->setObjectName(QStringLiteral("rehearsalFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_rehearsal, &QLineEdit::setText);
    dialog->open();
}

/// One place for the time and for why there is none, with room for both so that the dialog keeps its size.
QWidget *FinetuneDialog::makeNotes()
{
    m_notes = new QStackedWidget(this);
    m_notes->setObjectName(QStringLiteral("finetuneNotes"));
    m_notes->setAccessibleName(tr("Time"));
    m_estimate = addText("finetuneEstimate");
    m_reason = addText("finetuneReason");
    for (QLabel *label : {m_estimate, m_reason}) {
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        m_notes->addWidget(label);
    }
    m_notes->setFixedHeight(3 * fontMetrics().lineSpacing());
    return m_notes;
}

QWidget *FinetuneDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->setObjectName(QStringLiteral("finetuneButtons"));
    m_start = buttons->button(QDialogButtonBox::Ok);
    m_start->setObjectName(QStringLiteral("finetuneStart"));
    m_start->setText(tr("Start"));
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("finetuneCancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

FinetuneSettings FinetuneDialog::settings() const
{
    FinetuneSettings settings;
    settings.model = m_model->currentData().toString();
    settings.objective = m_objective->currentData().toString();
    if (m_frames->currentData().toInt() == RangeFrames)
        settings.frames = {{m_subject.range.first, m_subject.range.last + 1}};
    else if (m_frames->currentData().toInt() == AllFrames)
        settings.frames = {{0, m_subject.frameCount}};
    if (const TrackId track = m_people->currentData().toInt(); track != 0)
        settings.people = {track};
    settings.preset = m_thorough->isChecked() ? QStringLiteral("thorough") : QStringLiteral("quick");
    settings.steps = m_steps->value();
    settings.batch = m_batch->value();
    settings.learningRate = m_learningRate->value();
    settings.frozenBlocks = m_frozen->value();
    settings.rehearsal = m_rehearsal->text().trimmed();
    settings.rehearsalShare = m_rehearsalShare->value();
    settings.heldOutShare = m_heldOutShare->value();
    settings.seed = static_cast<quint64>(m_seed->value());
    settings.device = m_device->currentText().trimmed();
    return settings;
}

QString FinetuneDialog::refusal() const
{
    const FinetuneSettings chosen = settings();
    if (m_subject.models.empty())
        return tr("No lifting model is installed.");
    if (chosen.frames.empty() && m_subject.corrections.frames == 0)
        return tr(
            "There is nothing to learn from yet: correct keypoints in some frames first, or learn from other frames.");
    const bool needsTruth =
        chosen.objective == QStringLiteral("supervised") || chosen.objective == QStringLiteral("semi");
    if (needsTruth && !m_subject.corrections.hasTruth3d)
        return tr("This objective needs 3D truth or corrections in 3D, and this project has neither. Choose another "
                  "objective.");
    return m_trialError;
}

void FinetuneDialog::settingsChanged()
{
    if (m_start == nullptr) // still being made
        return;
    m_trialError.clear();
    m_rehearsalShare->setEnabled(!m_rehearsal->text().trimmed().isEmpty());
    const bool canMeasure = refusal().isEmpty();
    m_estimate->setText(canMeasure ? tr("Time: being measured…") : QString());
    showRefusal();
    if (canMeasure)
        m_pause.start();
    else
        m_pause.stop();
}

void FinetuneDialog::showRefusal()
{
    const QString reason = refusal();
    m_reason->setText(reason);
    m_notes->setCurrentWidget(reason.isEmpty() ? m_estimate : m_reason);
    m_start->setEnabled(reason.isEmpty());
    m_start->setToolTip(reason);
}

void FinetuneDialog::showEstimate(const nlohmann::json &trial)
{
    const double seconds = numberOf(trial, "estimated_s");
    const double steps = numberOf(trial, "steps");
    if (seconds < 0)
        return m_estimate->setText(tr("Time: not known"));
    m_estimate->setText(steps < 0 ? tr("Time: %1").arg(durationText(seconds))
                                  : tr("Time: %1 at most for %2 steps, and less when it stops getting better")
                                        .arg(durationText(seconds), locale().toString(steps, 'f', 0)));
}

void FinetuneDialog::showTrialError(const Error &error)
{
    m_trialError = errorText(error);
    showRefusal();
}

} // namespace poselift
