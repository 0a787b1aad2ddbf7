#pragma once

#include "core/pose/edit/correctioncount.h"
#include "core/pose/edit/framerange.h"
#include "gui/finetunesettings.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace poselift {

class Error;

/// What there is to fine-tune, and on what.
struct FinetuneSubject
{
    CorrectionCount corrections;
    qint64 frameCount = 0;                           ///< of the video
    FrameRange range;                                ///< chosen on the timeline; may be empty
    std::vector<std::pair<TrackId, QString>> people; ///< with their names
    std::vector<std::pair<QString, QString>> models; ///< name and title of the installed lifters
    QString model;                                   ///< chosen now; empty: the preferred one
    QString rehearsal;                               ///< file of the last time
};

/// Asks what a fine-tuning run learns from and how. How long it will take is measured by whoever
/// listens to trialWanted() and told by showEstimate(); the dialog never waits for it.
class FinetuneDialog : public QDialog
{
    Q_OBJECT
public:
    FinetuneDialog(FinetuneSubject subject, QWidget *parent);

    FinetuneSettings settings() const;
    /// Why there is nothing to start; empty: it can be.
    QString refusal() const;

public Q_SLOTS:
    /// @param trial  {"seconds_per_step", "steps", "estimated_s", "trained_on", "held_out"}
    void showEstimate(const nlohmann::json &trial);
    void showTrialError(const poselift::Error &error);

Q_SIGNALS:
    /// The settings stayed as they are for a moment: measure with them.
    void trialWanted();

private:
    void makeSubject(QFormLayout *form);
    void makeMethod(QFormLayout *form);
    QWidget *makeAdvanced();
    void makeNumbers(QFormLayout *form, QWidget *page);
    void makeRehearsal(QFormLayout *form, QWidget *page);
    QWidget *makeNotes();
    QWidget *makeButtons();
    QLabel *addText(const char *objectName);
    QComboBox *addBox(QFormLayout *form, const char *objectName, const QString &label, const QString &explanation);
    QSpinBox *addCount(QFormLayout *form, const char *objectName, const QString &label, int maximum,
                       const QString &explanation);
    QDoubleSpinBox *addShare(QFormLayout *form, const char *objectName, const QString &label,
                             const QString &explanation);
    void chooseRehearsal();
    void settingsChanged();
    void showRefusal();
    QString subjectText() const;

    FinetuneSubject m_subject;
    QComboBox *m_frames = nullptr;
    QComboBox *m_people = nullptr;
    QComboBox *m_model = nullptr;
    QComboBox *m_objective = nullptr;
    QRadioButton *m_quick = nullptr;
    QRadioButton *m_thorough = nullptr;
    QToolButton *m_advancedButton = nullptr;
    QWidget *m_advanced = nullptr;
    QSpinBox *m_steps = nullptr;
    QSpinBox *m_batch = nullptr;
    QSpinBox *m_frozen = nullptr;
    QSpinBox *m_seed = nullptr;
    QDoubleSpinBox *m_learningRate = nullptr;
    QDoubleSpinBox *m_rehearsalShare = nullptr;
    QDoubleSpinBox *m_heldOutShare = nullptr;
    QLineEdit *m_rehearsal = nullptr;
    QComboBox *m_device = nullptr;
    QStackedWidget *m_notes = nullptr;
    QLabel *m_estimate = nullptr;
    QLabel *m_reason = nullptr;
    QPushButton *m_start = nullptr;
    QString m_trialError; ///< of the settings as they are
    QTimer m_pause;
};

} // namespace poselift
