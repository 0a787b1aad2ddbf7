#include "gui/themecontroller.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QStyleFactory>
#include <QToolTip>

namespace poselift {

namespace {

struct Shades
{
    QColor window, base, alternate, button, text, dimmed, highlight, highlightedText, link;
};

QPalette paletteOf(const Shades &s)
{
    QPalette palette;
    palette.setColor(QPalette::Window, s.window);
    palette.setColor(QPalette::Base, s.base);
    palette.setColor(QPalette::AlternateBase, s.alternate);
    palette.setColor(QPalette::Button, s.button);
    palette.setColor(QPalette::ToolTipBase, s.base);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, s.text);
        palette.setColor(QPalette::Disabled, role, s.dimmed);
    }
    palette.setColor(QPalette::PlaceholderText, s.dimmed);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, s.highlight);
    palette.setColor(QPalette::HighlightedText, s.highlightedText);
    palette.setColor(QPalette::Link, s.link);
    palette.setColor(QPalette::Light, s.button.lighter(130));
    palette.setColor(QPalette::Midlight, s.button.lighter(115));
    palette.setColor(QPalette::Mid, s.button.darker(130));
    palette.setColor(QPalette::Dark, s.button.darker(160));
    palette.setColor(QPalette::Shadow, s.window.darker(250));
    return palette;
}

bool looksDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
}

} // namespace

QPalette lightPalette()
{
    return paletteOf({QColor(0xf3, 0xf4, 0xf6), QColor(0xff, 0xff, 0xff), QColor(0xea, 0xec, 0xef),
                      QColor(0xe9, 0xeb, 0xee), QColor(0x1c, 0x1f, 0x24), QColor(0x8b, 0x90, 0x98),
                      QColor(0x1f, 0x6f, 0xc4), QColor(0xff, 0xff, 0xff), QColor(0x1a, 0x5f, 0xb4)});
}

QPalette darkPalette()
{
    return paletteOf({QColor(0x25, 0x28, 0x2d), QColor(0x1b, 0x1d, 0x21), QColor(0x2c, 0x30, 0x36),
                      QColor(0x34, 0x38, 0x3f), QColor(0xe6, 0xe8, 0xeb), QColor(0x7d, 0x83, 0x8c),
                      QColor(0x3d, 0x8f, 0xe0), QColor(0xff, 0xff, 0xff), QColor(0x6f, 0xb2, 0xf2)});
}

ThemeController::ThemeController(SettingsStore *settings, QMenu *menu, QObject *parent)
    : QObject(parent), m_settings(settings), m_group(new QActionGroup(this)),
      m_systemPalette(QApplication::palette()), m_theme(settings->theme())
{
    addChoice(menu, "themeSystem", tr("As the &System"), Theme::System);
    addChoice(menu, "themeLight", tr("&Light"), Theme::Light);
    addChoice(menu, "themeDark", tr("&Dark"), Theme::Dark);
    apply();
}

bool ThemeController::isDark() const
{
    return looksDark(QApplication::palette());
}

void ThemeController::setTheme(Theme theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    m_settings->setTheme(theme);
    apply();
}

QAction *ThemeController::addChoice(QMenu *menu, const char *objectName, const QString &text, Theme theme)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(QString::fromLatin1(objectName));
    action->setCheckable(true);
    action->setChecked(theme == m_theme);
    m_group->addAction(action);
    connect(action, &QAction::triggered, this, [this, theme] { setTheme(theme); });
    return action;
}

void ThemeController::apply()
{
    // Fusion follows a palette everywhere; most native styles do not.
    if (m_theme != Theme::System)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const QPalette palette = m_theme == Theme::Dark    ? darkPalette()
                             : m_theme == Theme::Light ? lightPalette()
                                                       : m_systemPalette;
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT darkChanged(isDark());
}

} // namespace poselift
