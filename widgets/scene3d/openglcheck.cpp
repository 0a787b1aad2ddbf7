#include "widgets/scene3d/openglcheck.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QSurfaceFormat>

namespace poselift {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OpenGlCheck", text);
}

QString tryOpenGl()
{
    if (qEnvironmentVariableIntValue("POSELIFT_NO_OPENGL") != 0)
        return tr(QT_TRANSLATE_NOOP("OpenGlCheck", "OpenGL is switched off (POSELIFT_NO_OPENGL)."));
    // A shown Qt3DWindow crashes on these platforms (Qt 6.4), whatever contexts they offer.
    const QString platform = QGuiApplication::platformName();
    for (const char *without : {"offscreen", "minimal", "vnc", "linuxfb"}) {
        if (platform == QLatin1String(without))
            return tr(QT_TRANSLATE_NOOP("OpenGlCheck", "The display platform '%1' has no OpenGL.")).arg(platform);
    }
    QSurfaceFormat format;
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    QOpenGLContext context;
    context.setFormat(format);
    if (!context.create())
        return tr(QT_TRANSLATE_NOOP("OpenGlCheck", "No OpenGL context can be made on this display."));
    QOffscreenSurface surface;
    surface.setFormat(context.format());
    surface.create();
    if (!surface.isValid() || !context.makeCurrent(&surface))
        return tr(QT_TRANSLATE_NOOP("OpenGlCheck", "The OpenGL context cannot be used on this display."));
    const QPair<int, int> version = context.format().version();
    context.doneCurrent();
    if (version < qMakePair(3, 2))
        return tr(QT_TRANSLATE_NOOP("OpenGlCheck", "OpenGL 3.2 is needed; this display has %1.%2."))
            .arg(version.first).arg(version.second);
    return {};
}

} // namespace

QString openGlProblem()
{
    static const QString problem = tryOpenGl();
    return problem;
}

} // namespace poselift
