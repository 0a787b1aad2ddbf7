#pragma once

#include <QElapsedTimer>
#include <QObject>

namespace poselift {

class MainWindow;

/// `poselift --bench startup`: milliseconds from the start of main() until the first frame of a
/// 1080p clip has been painted, and the memory of the process once the clip is open.
class StartupBench : public QObject
{
    Q_OBJECT
public:
    /// @param sinceStart running since main() began
    StartupBench(MainWindow *window, const QElapsedTimer &sinceStart, bool json);
    /// A clip to measure with when none is given: made with the ffmpeg command in @p folder.
    /// Empty when that failed.
    static QString makeClip(const QString &folder);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void framePainted();
    void finish();
    void print(const char *metric, double value, const char *unit) const;

    MainWindow *m_window;
    QElapsedTimer m_sinceStart;
    double m_firstFrameMs = -1;
    bool m_frameShown = false;
    bool m_json;
};

} // namespace poselift
