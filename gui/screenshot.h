#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QTimer>

namespace poselift {

class MainWindow;

/// Waits until the opened file shows @p frame in all views, writes a picture of the window and ends
/// the application: exit code 0, or 1 with a sentence on stderr.
class ScreenshotJob : public QObject
{
    Q_OBJECT
public:
    ScreenshotJob(MainWindow *window, QString output, qint64 frame);
    void start(bool waitForFile);

private:
    void settle();
    void write(const QImage &image);
    void fail(const QString &sentence);

    MainWindow *m_window;
    QString m_output;
    qint64 m_frame;
    QTimer m_settle; ///< after the last change of the picture
    bool m_done = false;
};

} // namespace poselift
