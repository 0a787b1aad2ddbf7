#include "models/lift/placement.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <optional>

namespace poselift {

namespace {

constexpr int kFewestPoints = 3;
constexpr int kIterations = 8;
constexpr double kSmallestDepth = 0.2; // m, of the nearest joint

using Points = std::span<const PlacementPoint>;

int seenCount(Points points)
{
    return static_cast<int>(std::ranges::count_if(points, [](const PlacementPoint &point) { return point.confidence > 0; }));
}

/// Root depth at which every joint lies in front of the camera.
double smallestRootDepth(Points points)
{
    double smallest = kSmallestDepth;
    for (const PlacementPoint &point : points)
        smallest = std::max(smallest, kSmallestDepth - point.relative.z());
    return smallest;
}

/// X + tx = u·(Z + tz) and Y + ty = v·(Z + tz), in the least squares sense.
Eigen::Vector3d linearSolution(Points points)
{
    Eigen::Matrix3d normal = 1e-9 * Eigen::Matrix3d::Identity();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    for (const PlacementPoint &point : points) {
        for (int axis = 0; axis < 2; ++axis) {
            Eigen::Vector3d row = Eigen::Vector3d::Zero();
            row[axis] = 1;
            row[2] = -point.ray[axis];
            normal += point.confidence * row * row.transpose();
            right += point.confidence * row * (point.ray[axis] * point.relative.z() - point.relative[axis]);
        }
    }
    Eigen::Vector3d root = normal.ldlt().solve(right);
    // Behind the camera: the joints contradict the picture. Start far away instead.
    if (!(root.z() > smallestRootDepth(points)))
        root = {0, 0, std::max(4.0, smallestRootDepth(points))};
    return root;
}

/// Root mean square distance of the seen rays from their mean.
double seenSize(Points points)
{
    Eigen::Vector2d mean = Eigen::Vector2d::Zero();
    double weight = 0;
    for (const PlacementPoint &point : points) {
        mean += point.confidence * point.ray;
        weight += point.confidence;
    }
    mean /= weight;
    double sum = 0;
    for (const PlacementPoint &point : points)
        sum += point.confidence * (point.ray - mean).squaredNorm();
    return std::sqrt(sum / weight);
}

double huberWidth(Points points, const PlacementOptions &options)
{
    return std::max(options.huberShare * seenSize(points), 1e-9);
}

/// Refines @p root on Σ confidence·huber(‖projection − ray‖).
Eigen::Vector3d refined(Points points, Eigen::Vector3d root, double huber)
{
    for (int iteration = 0; iteration < kIterations; ++iteration) {
        Eigen::Matrix3d normal = 1e-12 * Eigen::Matrix3d::Identity();
        Eigen::Vector3d right = Eigen::Vector3d::Zero();
        for (const PlacementPoint &point : points) {
            if (point.confidence <= 0)
                continue;
            const Eigen::Vector3d joint = point.relative + root;
            const Eigen::Vector2d projection = joint.head<2>() / joint.z();
            const Eigen::Vector2d residual = point.ray - projection;
            const double size = residual.norm();
            const double weight = point.confidence * (size > huber ? huber / size : 1.0);
            Eigen::Matrix<double, 2, 3> jacobian;
            jacobian << 1, 0, -projection.x(), 0, 1, -projection.y();
            jacobian /= joint.z();
            normal += weight * jacobian.transpose() * jacobian;
            right += weight * jacobian.transpose() * residual;
        }
        const Eigen::Vector3d step = normal.ldlt().solve(right);
        if (!step.allFinite())
            return root;
        root += step;
        root.z() = std::max(root.z(), smallestRootDepth(points));
        if (step.norm() < 1e-10 * root.z())
            break;
    }
    return root;
}

/// x and y of the root at a given depth, in closed form.
Eigen::Vector3d atDepth(Points points, const Eigen::Vector3d &root, double depth, double huber)
{
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    double weights = 0;
    for (const PlacementPoint &point : points) {
        if (point.confidence <= 0)
            continue;
        const Eigen::Vector3d joint = point.relative + root;
        const double size = (point.ray - joint.head<2>() / joint.z()).norm();
        const double z = point.relative.z() + depth;
        const double weight = point.confidence * (size > huber ? huber / size : 1.0) / (z * z);
        sum += weight * (point.ray * z - point.relative.head<2>());
        weights += weight;
    }
    const Eigen::Vector2d xy = sum / weights;
    return {xy.x(), xy.y(), depth};
}

std::int64_t reachOf(double sigmaFrames)
{
    return static_cast<std::int64_t>(std::ceil(3 * sigmaFrames));
}

/// Value at frame @p centre of the line fitted to the known depths around it.
double smoothedDepth(const std::vector<std::optional<Eigen::Vector3d>> &roots, std::int64_t centre, double sigmaFrames)
{
    const std::int64_t reach = reachOf(sigmaFrames);
    double w = 0, wt = 0, wtt = 0, wz = 0, wtz = 0;
    for (std::int64_t frame = std::max<std::int64_t>(0, centre - reach);
         frame <= std::min(static_cast<std::int64_t>(roots.size()) - 1, centre + reach); ++frame) {
        const auto &root = roots[static_cast<std::size_t>(frame)];
        if (!root)
            continue;
        const double t = static_cast<double>(frame - centre);
        const double weight = std::exp(-0.5 * t * t / (sigmaFrames * sigmaFrames));
        w += weight;
        wt += weight * t;
        wtt += weight * t * t;
        wz += weight * root->z();
        wtz += weight * t * root->z();
    }
    const double determinant = w * wtt - wt * wt;
    return determinant > 1e-6 * w * w ? (wtt * wz - wt * wtz) / determinant : wz / w;
}

/// Frames without a root of their own: along the line between the neighbours' roots.
std::vector<Eigen::Vector3d> fillGaps(const std::vector<std::optional<Eigen::Vector3d>> &roots)
{
    std::vector<Eigen::Vector3d> filled(roots.size(), Eigen::Vector3d(0, 0, 4)); // nothing seen at all: 4 m ahead
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        if (!roots[i])
            continue;
        for (std::size_t j = last ? *last + 1 : 0; j < i; ++j) {
            const double share = last ? static_cast<double>(j - *last) / static_cast<double>(i - *last) : 1.0;
            filled[j] = last ? Eigen::Vector3d((1 - share) * *roots[*last] + share * *roots[i]) : *roots[i];
        }
        for (std::size_t j = i; j < roots.size(); ++j)
            filled[j] = *roots[i];
        last = i;
    }
    return filled;
}

} // namespace

bool hasRoot(std::span<const PlacementPoint> points)
{
    return seenCount(points) >= kFewestPoints;
}

std::optional<Eigen::Vector3d> rootOfFrame(std::span<const PlacementPoint> points, const PlacementOptions &options)
{
    if (!hasRoot(points))
        return std::nullopt;
    return refined(points, linearSolution(points), huberWidth(points, options));
}

std::int64_t smoothingReach(const PlacementOptions &options)
{
    return reachOf(options.depthSmoothingSeconds * options.framesPerSecond);
}

std::vector<Eigen::Vector3d> smoothRoots(std::span<const PlacementPoint> points, int pointCount,
                                         const std::vector<std::optional<Eigen::Vector3d>> &unsmoothed, const PlacementOptions &options)
{
    const auto width = static_cast<std::size_t>(pointCount);
    auto roots = unsmoothed;
    const double sigmaFrames = options.depthSmoothingSeconds * options.framesPerSecond;
    if (sigmaFrames > 0) {
        for (std::size_t frame = 0; frame < roots.size(); ++frame) {
            if (!roots[frame])
                continue;
            const Points own = points.subspan(frame * width, width);
            const double depth = std::max(smoothedDepth(unsmoothed, static_cast<std::int64_t>(frame), sigmaFrames), smallestRootDepth(own));
            roots[frame] = atDepth(own, *unsmoothed[frame], depth, huberWidth(own, options));
        }
    }
    return fillGaps(roots);
}

std::vector<Eigen::Vector3d> placeInCamera(std::span<const PlacementPoint> points, int pointCount, const PlacementOptions &options)
{
    const auto width = static_cast<std::size_t>(pointCount);
    const std::size_t frames = width > 0 ? points.size() / width : 0;
    std::vector<std::optional<Eigen::Vector3d>> roots;
    for (std::size_t frame = 0; frame < frames; ++frame)
        roots.push_back(rootOfFrame(points.subspan(frame * width, width), options));
    return smoothRoots(points, pointCount, roots, options);
}

} // namespace poselift
