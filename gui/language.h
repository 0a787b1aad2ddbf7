#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QMenu;

namespace poselift {

class SettingsStore;

/// Locale names that the application is translated to.
QStringList availableLanguages();
/// Installs the translators for @p language ("" : the system's) and sets the default locale. Call
/// before the first widget is made. @return the language that was taken.
QString installTranslations(const QString &language);

/// The language menu. A choice takes effect at the next start.
class LanguageController : public QObject
{
    Q_OBJECT
public:
    LanguageController(SettingsStore *settings, QMenu *menu, QObject *parent);

Q_SIGNALS:
    void restartNeeded(const QString &sentence);
};

} // namespace poselift
