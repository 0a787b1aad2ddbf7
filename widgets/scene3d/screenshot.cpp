#include "widgets/scene3d/screenshot.h"

#include "widgets/scene3d/sceneview.h"

#include <QPainter>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace poselift {

namespace {

/// What is still to be captured; shared by the callbacks of the views.
struct Screenshot
{
    QPointer<QWidget> window;
    std::vector<std::pair<QRect, QImage>> pasted; ///< place in the window's coordinates, picture
    std::size_t pending = 0;
    bool complete = true;
    std::function<void(const QImage &, bool)> done;
};

void finish(const Screenshot &shot)
{
    if (shot.window.isNull()) {
        shot.done(QImage(), false);
        return;
    }
    QImage picture = shot.window->grab().toImage().convertToFormat(QImage::Format_RGB32);
    QPainter painter(&picture); // works in logical pixels: the grab has a device pixel ratio
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (const auto &[place, image] : shot.pasted)
        painter.drawImage(place, image);
    painter.end();
    shot.done(picture, shot.complete);
}

QRect placeInWindow(const SceneView &view, const QWidget &window)
{
    const QRect rect = view.captureRect();
    return {view.mapTo(&window, rect.topLeft()), rect.size()};
}

} // namespace

void takeScreenshot(QWidget *window, std::function<void(const QImage &, bool)> done)
{
    auto shot = std::make_shared<Screenshot>();
    shot->window = window;
    shot->done = std::move(done);
    QList<SceneView *> views = window->findChildren<SceneView *>();
    if (auto *self = qobject_cast<SceneView *>(window))
        views.append(self);
    views.removeIf([](SceneView *view) { return view->isPaintedByWidget() || !view->isVisible(); });
    shot->pending = static_cast<std::size_t>(views.size());
    for (SceneView *view : views) {
        view->captureImage([shot, view = QPointer<SceneView>(view)](const QImage &image) {
            shot->complete &= !image.isNull();
            if (!image.isNull() && !view.isNull() && !shot->window.isNull())
                shot->pasted.emplace_back(placeInWindow(*view, *shot->window), image);
            if (--shot->pending == 0)
                finish(*shot);
        });
    }
    if (views.isEmpty())
        QTimer::singleShot(0, window, [shot] { finish(*shot); });
}

} // namespace poselift
