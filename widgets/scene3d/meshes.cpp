#include "widgets/scene3d/meshes.h"

#include <QVector3D>
#include <Qt3DCore/QAttribute>
#include <Qt3DCore/QBuffer>
#include <Qt3DCore/QGeometry>
#include <Qt3DRender/QGeometryRenderer>

#include <cmath>
#include <vector>

namespace poselift {

namespace {

constexpr int kSides = 20;
constexpr float kGapShare = 0.45F; ///< length of a gap in pieces
constexpr float kTwoPi = 6.28318530718F;

struct Triangles
{
    std::vector<float> vertices; ///< x y z nx ny nz
    std::vector<quint16> indices;

    quint16 add(QVector3D p, QVector3D n)
    {
        vertices.insert(vertices.end(), {p.x(), p.y(), p.z(), n.x(), n.y(), n.z()});
        return static_cast<quint16>(vertices.size() / 6 - 1);
    }
};

QVector3D rim(int i)
{
    const float angle = kTwoPi * static_cast<float>(i) / kSides;
    return {std::cos(angle), 0.0F, std::sin(angle)};
}

void addTube(Triangles *t, float low, float high)
{
    const auto first = static_cast<quint16>(t->vertices.size() / 6);
    for (int i = 0; i <= kSides; ++i) {
        t->add(rim(i) + QVector3D(0, low, 0), rim(i));
        t->add(rim(i) + QVector3D(0, high, 0), rim(i));
    }
    for (int i = 0; i < kSides; ++i) {
        const auto a = static_cast<quint16>(first + 2 * i);
        for (const int step : {0, 1, 2, 2, 1, 3})
            t->indices.push_back(static_cast<quint16>(a + step));
    }
}

void addCap(Triangles *t, float y, float up)
{
    const quint16 centre = t->add({0, y, 0}, {0, up, 0});
    for (int i = 0; i <= kSides; ++i)
        t->add(rim(i) + QVector3D(0, y, 0), {0, up, 0});
    for (int i = 0; i < kSides; ++i) {
        const auto a = static_cast<quint16>(centre + 1 + i);
        const auto b = static_cast<quint16>(a + 1);
        t->indices.insert(t->indices.end(), {centre, up > 0 ? b : a, up > 0 ? a : b});
    }
}

void addAttribute(Qt3DCore::QGeometry *geometry, Qt3DCore::QBuffer *buffer, const QString &name,
                  uint offsetFloats, uint count)
{
    auto *attribute = new Qt3DCore::QAttribute(buffer, name, Qt3DCore::QAttribute::Float, 3, count,
                                               offsetFloats * sizeof(float), 6 * sizeof(float), geometry);
    geometry->addAttribute(attribute);
}

template <typename T>
QByteArray bytesOf(const std::vector<T> &values)
{
    return {reinterpret_cast<const char *>(values.data()), static_cast<qsizetype>(values.size() * sizeof(T))};
}

Qt3DRender::QGeometryRenderer *makeRenderer(const Triangles &triangles, Qt3DCore::QNode *parent)
{
    auto *renderer = new Qt3DRender::QGeometryRenderer(parent);
    auto *geometry = new Qt3DCore::QGeometry(renderer);
    auto *vertices = new Qt3DCore::QBuffer(geometry);
    vertices->setData(bytesOf(triangles.vertices));
    auto *indices = new Qt3DCore::QBuffer(geometry);
    indices->setData(bytesOf(triangles.indices));
    const auto vertexCount = static_cast<uint>(triangles.vertices.size() / 6);
    addAttribute(geometry, vertices, Qt3DCore::QAttribute::defaultPositionAttributeName(), 0, vertexCount);
    addAttribute(geometry, vertices, Qt3DCore::QAttribute::defaultNormalAttributeName(), 3, vertexCount);
    auto *index = new Qt3DCore::QAttribute(indices, Qt3DCore::QAttribute::UnsignedShort, 1,
                                           static_cast<uint>(triangles.indices.size()), 0, 0, geometry);
    index->setAttributeType(Qt3DCore::QAttribute::IndexAttribute);
    geometry->addAttribute(index);
    renderer->setGeometry(geometry);
    return renderer;
}

} // namespace

Qt3DRender::QGeometryRenderer *makeCylinderMesh(int segments, Qt3DCore::QNode *parent)
{
    Triangles triangles;
    const float piece = 1.0F / (static_cast<float>(segments) + kGapShare * static_cast<float>(segments - 1));
    for (int s = 0; s < segments; ++s) {
        const float low = -0.5F + static_cast<float>(s) * piece * (1.0F + kGapShare);
        addTube(&triangles, low, low + piece);
        addCap(&triangles, low, -1.0F);
        addCap(&triangles, low + piece, 1.0F);
    }
    return makeRenderer(triangles, parent);
}

Qt3DRender::QGeometryRenderer *makeOctahedronMesh(Qt3DCore::QNode *parent)
{
    Triangles triangles;
    for (const float x : {-1.0F, 1.0F}) {
        for (const float y : {-1.0F, 1.0F}) {
            for (const float z : {-1.0F, 1.0F}) {
                const QVector3D normal = QVector3D(x, y, z).normalized();
                const quint16 a = triangles.add({x, 0, 0}, normal);
                const quint16 b = triangles.add({0, y, 0}, normal);
                const quint16 c = triangles.add({0, 0, z}, normal);
                // Seen from outside every face goes round the same way.
                const bool flipped = x * y * z < 0.0F;
                triangles.indices.insert(triangles.indices.end(), {a, flipped ? c : b, flipped ? b : c});
            }
        }
    }
    return makeRenderer(triangles, parent);
}

} // namespace poselift
