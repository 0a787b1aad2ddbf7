#include "gui/dialogs/recoverydialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

namespace {

QPushButton *addButton(QDialogButtonBox *box, const QString &text, QDialogButtonBox::ButtonRole role,
                       const char *objectName)
{
    QPushButton *button = box->addButton(text, role);
    button->setObjectName(QString::fromLatin1(objectName));
    return button;
}

} // namespace

RecoveryDialog::RecoveryDialog(QUndoStack *stack, int steps, QWidget *parent) : QDialog(parent), m_stack(stack)
{
    setObjectName(QStringLiteral("recoveryDialog"));
    setWindowTitle(tr("Recovered Edits"));
    setAccessibleName(windowTitle());
    auto *told = new QLabel(tr("Poselift was not closed properly the last time. %n edit(s) that the project file does "
                               "not hold were recovered:",
                               nullptr, steps),
                            this);
    told->setObjectName(QStringLiteral("recoveryText"));
    told->setWordWrap(true);
    auto *list = new QListWidget(this);
    list->setObjectName(QStringLiteral("recoveryList"));
    list->setAccessibleName(tr("Recovered edits, the oldest first"));
    list->addItems(recoveredSteps());

    auto *buttons = new QDialogButtonBox(this);
    buttons->setObjectName(QStringLiteral("recoveryButtons"));
    QPushButton *save = addButton(buttons, tr("&Save"), QDialogButtonBox::AcceptRole, "recoverySave");
    save->setDefault(true);
    QPushButton *goOn = addButton(buttons, tr("&Go On Without Saving"), QDialogButtonBox::RejectRole, "recoveryGoOn");
    QPushButton *back = addButton(buttons, tr("&Take Them Back"), QDialogButtonBox::ResetRole, "recoveryTakeBack");
    back->setEnabled(m_stack->cleanIndex() >= 0);
    back->setToolTip(tr("As the project file has it; the edits can still be redone."));
    connect(save, &QPushButton::clicked, this, &RecoveryDialog::saveRequested);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(goOn, &QPushButton::clicked, this, &QDialog::reject);
    connect(back, &QPushButton::clicked, this, &RecoveryDialog::takeBack);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(told);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(560, 360);
}

/// When the file's state is not on the stack any more (it was undone and replaced), all that is done.
QStringList RecoveryDialog::recoveredSteps() const
{
    const int file = std::max(0, m_stack->cleanIndex());
    QStringList steps;
    for (int i = file; i < m_stack->index(); ++i)
        steps << m_stack->text(i);
    for (int i = file; i > m_stack->index(); --i)
        steps << tr("Undone: %1").arg(m_stack->text(i - 1));
    return steps;
}

void RecoveryDialog::takeBack()
{
    m_stack->setIndex(m_stack->cleanIndex());
    accept();
}

} // namespace poselift
