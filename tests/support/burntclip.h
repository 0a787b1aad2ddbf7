#pragma once

#include "core/media/videoframe.h"

#include <QtCore/QProcess>
#include <QtCore/QString>
#include <QtCore/QStringList>

/// Clips whose frames carry their own number as a row of black and white squares, so that a test
/// can read from the pixels which frame it was given.
namespace burntclip {

inline constexpr int kSquare = 16; ///< px
inline constexpr int kBits = 10;

/// Runs the ffmpeg command; what it printed when it failed, else an empty string.
inline QString ffmpeg(const QStringList &arguments, const QString &program = QStringLiteral("ffmpeg"), QByteArray *output = nullptr)
{
    QProcess process;
    QStringList all;
    if (program == QLatin1String("ffmpeg"))
        all << QStringLiteral("-y") << QStringLiteral("-nostdin");
    all << QStringLiteral("-hide_banner") << QStringLiteral("-loglevel") << QStringLiteral("error") << arguments;
    process.start(program, all);
    if (!process.waitForFinished(120000))
        return program + QStringLiteral(": ") + process.errorString();
    if (output != nullptr)
        *output = process.readAllStandardOutput();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return all.join(QLatin1Char(' ')) + QLatin1Char('\n') + QString::fromUtf8(process.readAllStandardError());
}

/// Filters of a moving picture with the number of each frame burnt into its upper left corner.
inline QString filters(int width, int height, int frames)
{
    return QStringLiteral("testsrc2=size=%1x%2:rate=30,format=yuv444p,"
                          "geq=lum='if(lt(Y,%3)*lt(X,%4),if(bitand(floor(N/pow(2,floor(X/%3))),1),235,16),lum(X,Y))'"
                          ":cb='if(lt(Y,%3)*lt(X,%4),128,cb(X,Y))':cr='if(lt(Y,%3)*lt(X,%4),128,cr(X,Y))',trim=end_frame=%5")
        .arg(width).arg(height).arg(kSquare).arg(kSquare * kBits).arg(frames);
}

/// The burnt-in number; the frame's rotation (clockwise degrees) and the mirroring before it are
/// undone first. −1 when a square is neither black nor white.
inline int numberIn(const poselift::VideoFrame &frame, int rotation = 0, bool mirrored = false)
{
    const int codedWidth = rotation % 180 == 0 ? frame.width : frame.height;
    const auto luma = [&](int codedX, int y) {
        const int x = mirrored ? codedWidth - 1 - codedX : codedX;
        int column = x;
        int row = y;
        if (rotation == 90) {
            column = frame.width - 1 - y;
            row = x;
        } else if (rotation == 180) {
            column = frame.width - 1 - x;
            row = frame.height - 1 - y;
        } else if (rotation == 270) {
            column = y;
            row = frame.height - 1 - x;
        }
        const std::uint8_t *pixel = frame.pixels->data() + std::size_t(row) * std::size_t(frame.strideBytes) + std::size_t(column) * 4;
        return (pixel[0] + pixel[1] + pixel[2]) / 3;
    };
    int number = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        int sum = 0;
        for (int y = 6; y < 10; ++y) {
            for (int x = 6; x < 10; ++x)
                sum += luma(bit * kSquare + x, y);
        }
        const int mean = sum / 16;
        if (mean > 90 && mean < 165)
            return -1;
        number |= (mean >= 165 ? 1 : 0) << bit;
    }
    return number;
}

} // namespace burntclip
