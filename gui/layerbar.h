#pragma once

#include <QWidget>

#include <string>

class QComboBox;
class QHBoxLayout;

namespace poselift {

struct Project;

/// Above the 3D view: which layer of 3D poses it shows, which second one for comparison, and the
/// buttons of the view's presets.
class LayerBar : public QWidget
{
    Q_OBJECT
public:
    explicit LayerBar(QWidget *parent = nullptr);

    /// Offers the 3D layers of @p project; keeps the choice where it still exists.
    void setProject(const Project &project);
    std::string primary() const;   ///< layer name; empty: none
    std::string secondary() const; ///< layer name; empty: none
    /// Shows these layers, as far as they are offered, as if the user had chosen them.
    void choose(const std::string &primary, const std::string &secondary);
    /// Adds @p widget (a button) at the right end.
    void addButton(QWidget *widget);

Q_SIGNALS:
    void layersChosen();

private:
    QComboBox *addBox(const char *objectName, const QString &label);

    QHBoxLayout *m_row;
    QComboBox *m_primary;
    QComboBox *m_secondary;
};

/// Name of a 3D layer for people: "lifted/tcn243" → "Lifted (tcn243)".
QString displayLayerName(const std::string &name);

} // namespace poselift
