#pragma once

#include "widgets/scene3d/scenery.h"

#include <Qt3DCore/QBuffer>
#include <Qt3DCore/QEntity>

namespace Qt3DCore {
class QAttribute;
class QTransform;
} // namespace Qt3DCore

namespace poselift {

/// Unlit coloured lines.
class LinesEntity : public Qt3DCore::QEntity
{
    Q_OBJECT
public:
    explicit LinesEntity(Qt3DCore::QNode *parent = nullptr);

    void setLines(const std::vector<LineVertex> &lines);
    int lineCount() const { return m_vertexCount / 2; }
    Qt3DCore::QTransform *transform() const { return m_transform; }

private:
    Qt3DCore::QBuffer *m_buffer;
    Qt3DCore::QAttribute *m_positions;
    Qt3DCore::QAttribute *m_colours;
    Qt3DCore::QTransform *m_transform;
    int m_vertexCount = 0;
};

} // namespace poselift
