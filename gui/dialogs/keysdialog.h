#pragma once

#include "core/base/error.h"
#include "gui/keys/keymapdraft.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace poselift {

class KeyEditor;

/// Every command with its keys, and what the mouse does: to look at, or to change. The choice is to
/// be taken over when the dialog was accepted.
class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    KeysDialog(KeymapDraft draft, bool editable, QWidget *parent);

    const KeymapChoice &choice() const { return m_draft.choice(); }
    void setEditable(bool editable);
    /// A file that was exported here; one that is not is told in a sentence, and nothing changes.
    void importFrom(const QString &path);
    void exportTo(const QString &path);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeSearch();
    void makeTree();
    void makeButtons();
    void arrange();
    void fillTree();
    QTreeWidgetItem *groupItem(const QString &title);
    void updateTree();
    void filter(const QString &text);
    void goToFirstMatch();
    void itemChosen(QTreeWidgetItem *item);
    void showCurrent();
    void draftChanged();
    void chooseFile(bool toWrite);
    void tell(const QString &sentence);

    KeymapDraft m_draft;
    QLineEdit *m_search;
    QLabel *m_presetLabel;
    QComboBox *m_preset;
    QTreeWidget *m_tree;
    KeyEditor *m_editor;
    QLabel *m_message;
    QPushButton *m_resetAll, *m_import, *m_export, *m_change;
    QDialogButtonBox *m_buttons;
    bool m_editable = false;
};

} // namespace poselift
