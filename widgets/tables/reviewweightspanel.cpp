#include "widgets/tables/reviewweightspanel.h"

#include "widgets/tables/reviewtext.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace poselift {

namespace {

struct Preset
{
    const char *title;
    ReviewEmphasis emphasis; ///< in the order of ReviewReason
};
constexpr std::array kPresets{
    Preset{QT_TRANSLATE_NOOP("poselift::ReviewWeightsPanel", "Balanced"), {100, 100, 100, 100, 100, 100}},
    Preset{QT_TRANSLATE_NOOP("poselift::ReviewWeightsPanel", "What the picture says"), {100, 0, 0, 0, 100, 100}},
    Preset{QT_TRANSLATE_NOOP("poselift::ReviewWeightsPanel", "What the 3D says"), {0, 100, 100, 100, 100, 0}},
    Preset{QT_TRANSLATE_NOOP("poselift::ReviewWeightsPanel", "Exchanged sides first"), {50, 50, 50, 50, 300, 50}},
};

} // namespace

ReviewWeights emphasised(const ReviewEmphasis &emphasis)
{
    ReviewWeights weights;
    for (std::size_t i = 0; i < emphasis.size(); ++i)
        weights.values[i] *= static_cast<float>(emphasis[i]) / kUsualEmphasis;
    return weights;
}

ReviewWeightsPanel::ReviewWeightsPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("reviewWeightsPanel"));
    setAccessibleName(tr("How much each reason counts"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(6, 4, 6, 4);
    grid->setVerticalSpacing(2);
    m_presets = new QComboBox(this);
    m_presets->setObjectName(QStringLiteral("weightPresetBox"));
    m_presets->setAccessibleName(tr("Preset of the weights"));
    for (const Preset &preset : kPresets)
        m_presets->addItem(tr(preset.title));
    auto *title = new QLabel(tr("&Preset"), this);
    title->setObjectName(QStringLiteral("weightPresetLabel"));
    title->setBuddy(m_presets);
    grid->addWidget(title, 0, 0);
    grid->addWidget(m_presets, 0, 1, 1, 2);
    for (int reason = 0; reason < kReviewReasonCount; ++reason)
        addRow(static_cast<ReviewReason>(reason), grid);
    grid->setColumnStretch(1, 1);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        if (index < static_cast<int>(kPresets.size()))
            choose(kPresets[static_cast<std::size_t>(index)].emphasis);
    });
    m_emphasis.fill(kUsualEmphasis);
    showEmphasis();
}

void ReviewWeightsPanel::addRow(ReviewReason reason, QGridLayout *grid)
{
    const auto at = static_cast<std::size_t>(reason);
    const QString name = QString::fromLatin1(reviewReasonName(reason).data());
    auto *title = new QLabel(reviewReasonTitle(reason), this);
    title->setObjectName(QStringLiteral("weightTitle_") + name);
    title->setToolTip(reviewReasonExplanation(reason));
    auto *slider = m_sliders[at] = new QSlider(Qt::Horizontal, this);
    slider->setObjectName(QStringLiteral("weightSlider_") + name);
    slider->setAccessibleName(tr("Weight: %1").arg(reviewReasonTitle(reason)));
    slider->setToolTip(reviewReasonExplanation(reason));
    slider->setRange(0, kMostEmphasis);
    slider->setSingleStep(10);
    slider->setPageStep(50);
    m_labels[at] = new QLabel(this);
    m_labels[at]->setObjectName(QStringLiteral("weightValue_") + name);
    m_labels[at]->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 %").arg(kMostEmphasis)));
    m_labels[at]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const int row = static_cast<int>(at) + 1;
    grid->addWidget(title, row, 0);
    grid->addWidget(slider, row, 1);
    grid->addWidget(m_labels[at], row, 2);
    connect(slider, &QSlider::valueChanged, this, [this, at](int value) {
        ReviewEmphasis emphasis = m_emphasis;
        emphasis[at] = value;
        choose(emphasis);
    });
}

void ReviewWeightsPanel::setEmphasis(const ReviewEmphasis &emphasis)
{
    if (m_emphasis == emphasis)
        return;
    m_emphasis = emphasis;
    showEmphasis();
}

void ReviewWeightsPanel::choose(const ReviewEmphasis &emphasis)
{
    if (m_emphasis == emphasis)
        return;
    setEmphasis(emphasis);
    Q_EMIT emphasisChosen(m_emphasis);
}

void ReviewWeightsPanel::showEmphasis()
{
    for (std::size_t i = 0; i < m_sliders.size(); ++i) {
        const QSignalBlocker blocker(m_sliders[i]);
        m_sliders[i]->setValue(m_emphasis[i]);
        m_labels[i]->setText(tr("%1 %").arg(locale().toString(m_emphasis[i])));
    }
    const auto preset =
        std::find_if(kPresets.begin(), kPresets.end(), [this](const Preset &p) { return p.emphasis == m_emphasis; });
    constexpr int kOwn = static_cast<int>(kPresets.size());
    if (preset != kPresets.end()) {
        m_presets->setCurrentIndex(static_cast<int>(std::distance(kPresets.begin(), preset)));
        if (m_presets->count() > kOwn)
            m_presets->removeItem(kOwn);
        return;
    }
    if (m_presets->count() == kOwn)
        m_presets->addItem(tr("Own weights"));
    m_presets->setCurrentIndex(kOwn);
}

} // namespace poselift
