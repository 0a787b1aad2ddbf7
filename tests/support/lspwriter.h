#pragma once

#include <QDir>
#include <QImage>
#include <QString>

#include <matio.h>

#include <vector>

/// Writes joints.mat of LSP-extended to @p folder. @param values  [joints, 3, count] column-major: all
/// x, all y, all visibility marks of a picture, picture after picture; MATLAB's pixels
inline void writeLspJoints(const QString &folder, std::vector<double> values, std::size_t joints, std::size_t count)
{
    std::size_t shape[3] = {joints, 3, count};
    mat_t *file = Mat_CreateVer((folder + QStringLiteral("/joints.mat")).toUtf8().constData(), nullptr, MAT_FT_MAT5);
    matvar_t *variable = Mat_VarCreate("joints", MAT_C_DOUBLE, MAT_T_DOUBLE, 3, shape, values.data(), 0);
    Mat_VarWrite(file, variable, MAT_COMPRESSION_ZLIB);
    Mat_VarFree(variable);
    Mat_Close(file);
}

/// Picture @p number, counted from 1, of the data set in @p folder.
inline QString lspPicturePath(const QString &folder, int number)
{
    return folder + QStringLiteral("/images/im%1.jpg").arg(number, 5, 10, QLatin1Char('0'));
}
