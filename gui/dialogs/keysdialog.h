#pragma once

#include <QDialog>

namespace poselift {

/// Lists every action of a window that has a shortcut, and what the mouse does in the views.
class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    explicit KeysDialog(QWidget *window);
};

} // namespace poselift
