#include "gui/errortext.h"

#include <QCoreApplication>

namespace poselift {

QString errorText(const Error &error)
{
    const QString sentence = QCoreApplication::translate("Error", errorTemplate(error.code()));
    return QString::fromStdString(fillPlaceholders(sentence.toStdString(), error.arguments()));
}

} // namespace poselift
