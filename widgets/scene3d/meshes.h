#pragma once

namespace Qt3DCore {
class QNode;
} // namespace Qt3DCore
namespace Qt3DRender {
class QGeometryRenderer;
} // namespace Qt3DRender

namespace poselift {

/// A cylinder of radius 1 from y = −0.5 to y = 0.5, cut into @p segments pieces with gaps between
/// them (one piece: a whole cylinder). The pieces at the ends reach the ends. Pieces are closed.
Qt3DRender::QGeometryRenderer *makeCylinderMesh(int segments, Qt3DCore::QNode *parent);
/// A regular octahedron with its corners at distance 1 from the origin, on the axes.
Qt3DRender::QGeometryRenderer *makeOctahedronMesh(Qt3DCore::QNode *parent);

} // namespace poselift
