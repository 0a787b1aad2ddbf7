#pragma once

#include <QImage>

#include <functional>

class QWidget;

namespace poselift {

/// Takes a picture of @p window as people see it and hands it to @p done once, later: what
/// QWidget::grab() gives, with the pictures of all 3D views inside pasted at their places, which
/// grab() leaves blank. Device pixels. The window must be on screen; a 3D view that does not answer
/// stays blank, and @p done is told by complete = false.
void takeScreenshot(QWidget *window, std::function<void(const QImage &picture, bool complete)> done);

} // namespace poselift
