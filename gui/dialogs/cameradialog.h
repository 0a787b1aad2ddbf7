#pragma once

#include "core/geometry/camera.h"

#include <QDialog>

#include <array>

class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace poselift {

/// Edits the intrinsics of the video's camera and says whether they are assumed.
class CameraDialog : public QDialog
{
    Q_OBJECT
public:
    CameraDialog(const CameraIntrinsics &camera, QWidget *parent);

    /// What the fields hold; no longer assumed as soon as one of them was changed.
    CameraIntrinsics camera() const;

private:
    QDoubleSpinBox *addField(class QFormLayout *form, const char *objectName, const QString &label, double minimum,
                             double maximum, int decimals, const QString &suffix);
    void showCamera(const CameraIntrinsics &camera);
    void updateState();

    CameraIntrinsics m_original;
    QLabel *m_state;
    QLabel *m_angle;
    QDoubleSpinBox *m_fx;
    QDoubleSpinBox *m_fy;
    QDoubleSpinBox *m_cx;
    QDoubleSpinBox *m_cy;
    std::array<QDoubleSpinBox *, 3> m_radial{};
    std::array<QDoubleSpinBox *, 2> m_tangential{};
};

} // namespace poselift
