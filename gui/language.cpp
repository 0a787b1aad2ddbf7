#include "gui/language.h"

#include "gui/settingsstore.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QMenu>
#include <QTranslator>

static void initTranslationResource()
{
    Q_INIT_RESOURCE(translations);
}

namespace poselift {

namespace {

QString bestLanguage(const QString &wanted)
{
    const QStringList available = availableLanguages();
    if (available.contains(wanted))
        return wanted;
    const QLocale system = QLocale::system();
    if (wanted.isEmpty() && available.contains(system.name()))
        return system.name();
    for (const QString &name : available) {
        if (wanted.isEmpty() && QLocale(name).language() == system.language())
            return name;
    }
    return QStringLiteral("en");
}

void installOne(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

QStringList availableLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("zh_CN")};
}

QString installTranslations(const QString &language)
{
    initTranslationResource();
    const QString name = bestLanguage(language);
    // Numbers follow the language when the user chose one, else the system.
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(name));
    // Qt's own buttons and dialogs.
    installOne(QStringLiteral("qtbase_") + name, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    installOne(QStringLiteral("poselift_") + name, QStringLiteral(":/i18n"));
    return name;
}

LanguageController::LanguageController(SettingsStore *settings, QMenu *menu, QObject *parent) : QObject(parent)
{
    auto *group = new QActionGroup(this);
    QStringList names{QString()};
    names += availableLanguages();
    for (const QString &name : names) {
        QString text = tr("As the &System");
        if (!name.isEmpty())
            text = QLocale(name).nativeLanguageName(); // each in its own language
        QAction *action = menu->addAction(text);
        action->setObjectName(QStringLiteral("language_") + (name.isEmpty() ? QStringLiteral("system") : name));
        action->setCheckable(true);
        action->setChecked(settings->language() == name);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, settings, name] {
            if (settings->language() == name)
                return;
            settings->setLanguage(name);
            Q_EMIT restartNeeded(tr("The language changes when the application is started again."));
        });
    }
}

} // namespace poselift
