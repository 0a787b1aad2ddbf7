#pragma once

#include "core/review/reviewreason.h"

#include <QWidget>

#include <array>

class QComboBox;
class QGridLayout;
class QLabel;
class QSlider;

namespace poselift {

/// How much each reason counts, as percent of its usual weight: 100 % everywhere is the default.
using ReviewEmphasis = std::array<int, kReviewReasonCount>;
inline constexpr int kUsualEmphasis = 100;
inline constexpr int kMostEmphasis = 300;

/// The default weights, each times its emphasis.
ReviewWeights emphasised(const ReviewEmphasis &emphasis);

/// One slider per reason, and presets.
class ReviewWeightsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ReviewWeightsPanel(QWidget *parent = nullptr);

    const ReviewEmphasis &emphasis() const { return m_emphasis; }
    void setEmphasis(const ReviewEmphasis &emphasis);

Q_SIGNALS:
    /// By the user.
    void emphasisChosen(const poselift::ReviewEmphasis &emphasis);

private:
    void addRow(ReviewReason reason, QGridLayout *grid);
    void showEmphasis();
    void choose(const ReviewEmphasis &emphasis);

    ReviewEmphasis m_emphasis{};
    std::array<QSlider *, kReviewReasonCount> m_sliders{};
    std::array<QLabel *, kReviewReasonCount> m_labels{};
    QComboBox *m_presets = nullptr;
};

} // namespace poselift
