#include "gui/dialogs/cameradialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>
#include <numbers>

namespace poselift {

CameraDialog::CameraDialog(const CameraIntrinsics &camera, QWidget *parent)
    : QDialog(parent), m_original(camera), m_state(new QLabel(this)), m_angle(new QLabel(this))
{
    setObjectName(QStringLiteral("cameraDialog"));
    setAccessibleName(tr("Camera"));
    setWindowTitle(tr("Camera"));
    m_state->setObjectName(QStringLiteral("cameraState"));
    m_state->setWordWrap(true);
    m_angle->setObjectName(QStringLiteral("cameraAngle"));

    auto *form = new QFormLayout;
    auto *size = new QLabel(tr("%1 × %2 px").arg(locale().toString(camera.width), locale().toString(camera.height)), this);
    size->setObjectName(QStringLiteral("cameraSize"));
    form->addRow(tr("Picture size"), size);
    const QString px = tr(" px");
    m_fx = addField(form, "focalX", tr("Focal length x"), 1, 1e6, 2, px);
    m_fy = addField(form, "focalY", tr("Focal length y"), 1, 1e6, 2, px);
    form->addRow(tr("Horizontal angle of view"), m_angle);
    m_cx = addField(form, "centreX", tr("Principal point x"), -1e6, 1e6, 2, px);
    m_cy = addField(form, "centreY", tr("Principal point y"), -1e6, 1e6, 2, px);
    for (int i = 0; i < 3; ++i)
        m_radial[i] = addField(form, qPrintable(QStringLiteral("radial%1").arg(i + 1)),
                               tr("Radial distortion k%1").arg(i + 1), -100, 100, 6, {});
    for (int i = 0; i < 2; ++i)
        m_tangential[i] = addField(form, qPrintable(QStringLiteral("tangential%1").arg(i + 1)),
                                   tr("Tangential distortion p%1").arg(i + 1), -100, 100, 6, {});

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel
                                             | QDialogButtonBox::RestoreDefaults,
                                         this);
    buttons->setObjectName(QStringLiteral("cameraButtons"));
    QPushButton *assume = buttons->button(QDialogButtonBox::RestoreDefaults);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("cameraOk"));
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cameraCancel"));
    assume->setObjectName(QStringLiteral("assumeCamera"));
    assume->setText(tr("Assume"));
    assume->setToolTip(tr("A focal length of 1.2 times the longer side, no distortion"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(assume, &QPushButton::clicked, this, [this] {
        m_original = assumedIntrinsics(m_original.width, m_original.height);
        showCamera(m_original);
    });
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_state);
    layout->addLayout(form);
    layout->addWidget(buttons);
    showCamera(camera);
}

QDoubleSpinBox *CameraDialog::addField(QFormLayout *form, const char *objectName, const QString &label, double minimum,
                                       double maximum, int decimals, const QString &suffix)
{
    auto *field = new QDoubleSpinBox(this);
    field->setObjectName(QString::fromLatin1(objectName));
    field->setAccessibleName(label);
    field->setRange(minimum, maximum);
    field->setDecimals(decimals);
    field->setSingleStep(decimals > 3 ? 0.001 : 1);
    field->setSuffix(suffix);
    form->addRow(label, field);
    connect(field, &QDoubleSpinBox::valueChanged, this, &CameraDialog::updateState);
    return field;
}

void CameraDialog::showCamera(const CameraIntrinsics &camera)
{
    m_fx->setValue(camera.fx);
    m_fy->setValue(camera.fy);
    m_cx->setValue(camera.cx);
    m_cy->setValue(camera.cy);
    for (std::size_t i = 0; i < 3; ++i)
        m_radial[i]->setValue(camera.radial[i]);
    for (std::size_t i = 0; i < 2; ++i)
        m_tangential[i]->setValue(camera.tangential[i]);
    updateState();
}

CameraIntrinsics CameraDialog::camera() const
{
    CameraIntrinsics camera = m_original;
    // A field that was not touched keeps the full precision of its value.
    const auto take = [&camera](QDoubleSpinBox *field, double &value) {
        const double rounding = 0.51 * std::pow(10.0, -field->decimals());
        if (std::abs(field->value() - value) <= rounding)
            return;
        value = field->value();
        camera.assumed = false;
    };
    take(m_fx, camera.fx);
    take(m_fy, camera.fy);
    take(m_cx, camera.cx);
    take(m_cy, camera.cy);
    for (std::size_t i = 0; i < 3; ++i)
        take(m_radial[i], camera.radial[i]);
    for (std::size_t i = 0; i < 2; ++i)
        take(m_tangential[i], camera.tangential[i]);
    return camera;
}

void CameraDialog::updateState()
{
    // Called while the fields are still being made.
    if (m_tangential[1] == nullptr)
        return;
    const CameraIntrinsics now = camera();
    m_state->setText(now.assumed ? tr("Assumed: nobody has measured this camera. Distances in 3D are only as good "
                                      "as this guess.")
                                 : tr("Given: these values are used as they are."));
    const double degrees = 2 * std::atan(now.width / (2 * now.fx)) * 180 / std::numbers::pi;
    m_angle->setText(tr("%1°").arg(locale().toString(degrees, 'f', 1)));
}

} // namespace poselift
