#pragma once

#include <Eigen/Core>

namespace poselift {

/// N points as rows, row-major like the arrays [J, 3] of poses.
using PointMatrix = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;
using PointsView = Eigen::Map<const PointMatrix>;

/// y = scale · rotation · x + translation; rotation is proper (det = +1).
struct SimilarityTransform
{
    double scale = 1.0;
    Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
    Eigen::Vector3d translation = Eigen::Vector3d::Zero();

    Eigen::Vector3d operator*(const Eigen::Vector3d &point) const { return scale * (rotation * point) + translation; }
    PointMatrix applied(const Eigen::Ref<const PointMatrix> &points) const;
};

/// The similarity that brings @p points closest to @p target in the least-squares sense
/// (Procrustes analysis; Schönemann 1966, Umeyama 1991). Reflections are forbidden: when the best
/// orthogonal matrix has det < 0, the last singular vector and value are negated. When all
/// @p points coincide the result is a translation.
SimilarityTransform similarityAlignment(const Eigen::Ref<const PointMatrix> &points,
                                        const Eigen::Ref<const PointMatrix> &target);

/// The rotation and translation (scale 1) that bring @p points closest to @p target.
SimilarityTransform rigidAlignment(const Eigen::Ref<const PointMatrix> &points,
                                   const Eigen::Ref<const PointMatrix> &target);

} // namespace poselift
