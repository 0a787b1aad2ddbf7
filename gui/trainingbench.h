#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace poselift {

class FinetuneController;
class MainWindow;
class PlaybackController;

/// `poselift --bench training-ui`: stepping through the sample's frames in the window, first undisturbed
/// (frame_step_quiet_*), then while a fine-tuning run on 40 corrected frames trains in its worker on the
/// same cores, its curves shown live (frame_step_*). One step: from the command until the picture with
/// its keypoints is painted; the next follows at once.
class TrainingBench : public QObject
{
    Q_OBJECT
public:
    TrainingBench(MainWindow *window, bool json);
    /// A copy of the sample project in @p folder; empty when there is no sample.
    static QString makeProject(const QString &folder);
    void start(const QString &project);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void opened();
    void correct();
    void measure(const char *metric, std::size_t steps, std::function<void()> then);
    void step();
    void painted();
    void train();
    void waitForTraining();
    void end();
    void print(const char *metric, double value, const char *unit) const;

    MainWindow *m_window;
    PlaybackController *m_playback;
    FinetuneController *m_finetune;
    QTimer m_poll;
    QElapsedTimer m_clock;
    std::vector<double> m_times;
    std::size_t m_wantedSteps = 0;
    const char *m_metric = "";
    std::function<void()> m_then;
    qint64 m_wanted = 0;
    int m_direction = 1;
    bool m_stepping = false;
    bool m_shown = false;
    bool m_json;
};

} // namespace poselift
