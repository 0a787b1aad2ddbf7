#pragma once

#include <QDialog>

class QUndoStack;

namespace poselift {

/// Shows after a crash what the journal brought back: the steps by which the document differs from the
/// project file. The user saves them, goes on with them unsaved, or takes them back (they stay in the
/// history and can be redone).
class RecoveryDialog : public QDialog
{
    Q_OBJECT
public:
    /// @param stack  its clean step is what the file holds; must outlive the dialog
    /// @param steps  number of steps between the file and the document
    RecoveryDialog(QUndoStack *stack, int steps, QWidget *parent);

Q_SIGNALS:
    void saveRequested();

private:
    QStringList recoveredSteps() const;
    void takeBack();

    QUndoStack *m_stack;
};

} // namespace poselift
