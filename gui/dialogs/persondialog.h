#pragma once

#include "core/pose/track.h"

#include <QDialog>

#include <vector>

class QListWidget;

namespace poselift {

/// One line of a PersonDialog.
struct PersonChoice
{
    TrackId track = 0;
    QString name;   ///< "#3" or "Anna (#3)"
    QString detail; ///< what tells this person from the others
};

/// Asks for one of several people, each with number, name and the colour of its strip.
class PersonDialog : public QDialog
{
    Q_OBJECT
public:
    /// @param question  above the list
    /// @param choices  not empty; the first is chosen at the beginning
    PersonDialog(const QString &title, const QString &question, const QString &acceptText,
                 const std::vector<PersonChoice> &choices, QWidget *parent);

    TrackId track() const;

private:
    QListWidget *m_list;
};

} // namespace poselift
