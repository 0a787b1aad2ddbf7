#pragma once

#include "core/pose/edit/keypointpatch.h"
#include "core/pose/project.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QProgressDialog;
class QWidget;

namespace poselift {

class PoseDocument;

/// Makes the patch of a long edit in another thread, from a copy of the person it is about, while a
/// dialog keeps other edits away and can cancel. Lives in the GUI thread; one edit at a time.
class BackgroundEdit : public QObject
{
    Q_OBJECT
public:
    /// Runs in another thread; the project is onlyPerson().
    using PatchMaker = std::function<KeypointPatch(const Project &)>;
    /// Runs in the GUI thread; the patch is made from the document as it is now.
    using PatchTaker = std::function<void(KeypointPatch)>;

    /// @param window  parent of the dialog
    BackgroundEdit(PoseDocument *document, QWidget *window);
    ~BackgroundEdit() override;

    /// @param title  what the dialog says is being done
    void start(const QString &title, TrackId track, PatchMaker make, PatchTaker take);
    bool isRunning() const { return m_isRunning; }

private:
    void launch();
    void finish(int run, KeypointPatch patch);
    void cancel();
    void showProgress(const QString &title);

    PoseDocument *m_document;
    QWidget *m_window;
    QPointer<QProgressDialog> m_progress;
    TrackId m_track = 0;
    PatchMaker m_make;
    PatchTaker m_take;
    int m_run = 0; ///< results of earlier ones are dropped
    bool m_isRunning = false;
};

} // namespace poselift
