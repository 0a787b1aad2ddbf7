#include "gui/layerbar.h"

#include "core/pose/edit/effectivepose3d.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace poselift {

namespace {

/// What is shown first: results made by hand, then lifted ones, then truth.
int rankOf(const std::string &name)
{
    if (name == kCorrectedLayer)
        return 0;
    return name.starts_with("lifted/") ? 1 : 2;
}

void fill(QComboBox *box, const std::vector<std::string> &names, const QString &none, int preferred)
{
    const QSignalBlocker blocker(box);
    const QString before = box->currentData().toString();
    box->clear();
    box->addItem(none, QString());
    for (const std::string &name : names)
        box->addItem(displayLayerName(name), QString::fromStdString(name));
    const int kept = before.isEmpty() ? -1 : box->findData(before);
    box->setCurrentIndex(kept > 0 ? kept : std::min(preferred, box->count() - 1));
    box->setEnabled(!names.empty());
}

} // namespace

QString displayLayerName(const std::string &name)
{
    if (name == "groundtruth")
        return LayerBar::tr("Ground truth");
    if (name == kCorrectedLayer)
        return LayerBar::tr("Corrected");
    if (name.starts_with("lifted/"))
        return LayerBar::tr("Lifted (%1)").arg(QString::fromStdString(name.substr(7)));
    return QString::fromStdString(name);
}

LayerBar::LayerBar(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("layerBar"));
    setAccessibleName(tr("3D layers"));
    m_row->setContentsMargins(6, 2, 6, 2);
    m_primary = addBox("primaryLayerBox", tr("3D"));
    m_primary->setToolTip(tr("The 3D poses that are shown and edited; corrections by hand go before them"));
    m_secondary = addBox("secondaryLayerBox", tr("Compare with"));
    m_row->addStretch();
    setProject(Project());
}

QComboBox *LayerBar::addBox(const char *objectName, const QString &label)
{
    auto *text = new QLabel(label, this);
    text->setObjectName(QString::fromLatin1(objectName) + QStringLiteral("Label"));
    auto *box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(label);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setFocusPolicy(Qt::TabFocus);
    m_row->addWidget(text);
    m_row->addWidget(box, 1);
    connect(box, &QComboBox::activated, this, &LayerBar::layersChosen);
    return box;
}

void LayerBar::setProject(const Project &project)
{
    std::vector<std::string> names;
    for (const JointLayer &layer : project.jointLayers) {
        // Corrections are shown over the chosen layer, not beside it.
        if (layer.name != kCorrectedLayer || project.jointLayers.size() == 1)
            names.push_back(layer.name);
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const std::string &a, const std::string &b) { return rankOf(a) < rankOf(b); });
    fill(m_primary, names, tr("Nothing"), 1);
    fill(m_secondary, names, tr("Nothing"), 0);
}

std::string LayerBar::primary() const
{
    return m_primary->currentData().toString().toStdString();
}

std::string LayerBar::secondary() const
{
    return m_secondary->currentData().toString().toStdString();
}

void LayerBar::choose(const std::string &primary, const std::string &secondary)
{
    for (const auto &[box, name] : {std::pair(m_primary, primary), std::pair(m_secondary, secondary)}) {
        if (const int index = box->findData(QString::fromStdString(name)); index >= 0)
            box->setCurrentIndex(index);
    }
    Q_EMIT layersChosen();
}

void LayerBar::addButton(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace poselift
