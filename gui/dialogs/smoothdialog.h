#pragma once

#include "core/pose/edit/keypointedits.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QRadioButton;
class QSpinBox;
class QStackedWidget;

namespace poselift {

struct PatchEffect;

/// Asks how to smooth and which joints, and says beforehand what it would do.
class SmoothDialog : public QDialog
{
    Q_OBJECT
public:
    /// @param person  copy of the project that the preview reads in another thread
    /// @param target  the frames and the joints to smooth
    /// @param hasChoice  the joints of @p target were chosen: all others are offered too
    SmoothDialog(std::shared_ptr<const Project> person, const KeypointSelection &target, bool hasChoice,
                 const SmoothingOptions &options, QWidget *parent);
    ~SmoothDialog() override;

    SmoothingOptions options() const;
    KeypointSelection selection() const;

private:
    void makeMethod(QFormLayout *form);
    void makeSavitzkyGolay();
    void makeOneEuro();
    void makeJoints(QFormLayout *form, bool hasChoice);
    QDialogButtonBox *makeButtons();
    QDoubleSpinBox *addNumber(QFormLayout *form, const char *objectName, const QString &label, double maximum,
                              int decimals, const QString &unit, const QString &explanation);
    void showOptions(const SmoothingOptions &options);
    void optionsChanged();
    void preview();
    void showEffect(int run, const PatchEffect &effect);

    std::shared_ptr<const Project> m_person;
    KeypointSelection m_target;
    QComboBox *m_method = nullptr;
    QStackedWidget *m_pages = nullptr;
    QSpinBox *m_window = nullptr;
    QSpinBox *m_order = nullptr;
    QDoubleSpinBox *m_minCutoff = nullptr;
    QDoubleSpinBox *m_beta = nullptr;
    QRadioButton *m_chosen = nullptr;
    QRadioButton *m_all = nullptr;
    QLabel *m_effect = nullptr;
    QTimer m_pause; ///< between the last change and the preview
    int m_run = 0;  ///< of the preview: results of earlier ones are dropped
};

} // namespace poselift
