// The peer of the sunlight kernels: Embree on the same mesh, points and suns that `rates --dump` wrote.
//
//   embree_peer time FOLDER THREADS          prints one JSON object of times
//   embree_peer occluded FOLDER POINTS SUNS OUT
//        one byte a point and sun (points outer): 1 where the sun is hidden or behind the surface; robust mode
//
// Built by measure.py: g++ -O3 -march=native -std=c++17 embree_peer.cpp -lembree3 -lpthread

#include <embree3/rtcore.h>
#include <xmmintrin.h>
#include <pmmintrin.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <string>
#include <thread>
#include <vector>

struct Vec3 { float x, y, z; };
struct Point { Vec3 at; float w; Vec3 normal; float nw; };

template <class T> std::vector<T> load(const std::string& path) {
    FILE* file = std::fopen(path.c_str(), "rb");
    if (!file) { std::perror(path.c_str()); std::exit(2); }
    std::fseek(file, 0, SEEK_END);
    std::vector<T> all(std::ftell(file) / sizeof(T));
    std::rewind(file);
    if (std::fread(all.data(), sizeof(T), all.size(), file) != all.size()) { std::perror(path.c_str()); std::exit(2); }
    std::fclose(file);
    return all;
}

struct Took { double wall, cpu; };

double cpu_now() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

template <class F> Took timed(F work) {
    auto wall = std::chrono::steady_clock::now();
    double cpu = cpu_now();
    work();
    return { std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(), cpu_now() - cpu };
}

template <class F> Took median_of(int runs, F work) {
    std::vector<double> wall, cpu;
    for (int i = 0; i < runs; i++) { Took t = timed(work); wall.push_back(t.wall); cpu.push_back(t.cpu); }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    return { wall[runs / 2], cpu[runs / 2] };
}

void no_denormals() {
    // As Embree's manual asks of the programs that call it.
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
}

template <class F> void parallel(size_t count, int threads, F work) {
    // Work is handed out in small pieces, so that one slow piece holds up nobody.
    std::vector<std::thread> pool;
    std::atomic<size_t> next{0};
    constexpr size_t piece = 64;
    auto run = [&] {
        no_denormals();
        for (size_t first; (first = next.fetch_add(piece)) < count;)
            work(first, std::min(first + piece, count));
    };
    for (int i = 1; i < threads; i++) pool.emplace_back(run);
    run();
    for (auto& t : pool) t.join();
}

RTCScene build(RTCDevice device, const std::vector<Vec3>& corners, const std::vector<uint32_t>& triangles, RTCSceneFlags flags) {
    RTCScene scene = rtcNewScene(device);
    rtcSetSceneBuildQuality(scene, RTC_BUILD_QUALITY_MEDIUM);
    rtcSetSceneFlags(scene, flags);
    RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
    void* at = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, sizeof(Vec3), corners.size());
    std::memcpy(at, corners.data(), corners.size() * sizeof(Vec3));
    at = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 12, triangles.size() / 3);
    std::memcpy(at, triangles.data(), triangles.size() * 4);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(scene, geometry);
    rtcReleaseGeometry(geometry);
    rtcCommitScene(scene);
    return scene;
}

const float FAR = std::numeric_limits<float>::infinity();

RTCRay ray_of(const Point& p, Vec3 sun) {
    RTCRay ray{};
    ray.org_x = p.at.x; ray.org_y = p.at.y; ray.org_z = p.at.z;
    ray.dir_x = sun.x; ray.dir_y = sun.y; ray.dir_z = sun.z;
    ray.tfar = FAR;
    ray.mask = -1;
    return ray;
}

float facing(const Point& p, Vec3 sun) { return p.normal.x * sun.x + p.normal.y * sun.y + p.normal.z * sun.z; }

// Points in an order that keeps packets together: Morton order of whole metres.
std::vector<uint32_t> tile_order(const std::vector<Point>& points) {
    std::vector<std::pair<uint64_t, uint32_t>> keys;
    for (uint32_t i = 0; i < points.size(); i++) {
        uint32_t x = (uint32_t)(points[i].at.x + 16384), y = (uint32_t)(points[i].at.y + 16384);
        uint64_t key = 0;
        for (int b = 0; b < 16; b++) key |= (uint64_t)(x >> b & 1) << (2 * b) | (uint64_t)(y >> b & 1) << (2 * b + 1);
        keys.push_back({ key, i });
    }
    std::sort(keys.begin(), keys.end());
    std::vector<uint32_t> order;
    for (auto& k : keys) order.push_back(k.second);
    return order;
}

struct Ground {
    RTCScene scene;
    const std::vector<Point>& points; // in tile order
    const std::vector<Vec3>& suns;
    const std::vector<uint32_t>& votes;
    std::vector<uint32_t>& missed;
};

template <int N> struct Packet;
template <> struct Packet<16> { using Ray = RTCRay16; static void occluded(const int* v, RTCScene s, RTCIntersectContext* c, Ray* r) { rtcOccluded16(v, s, c, r); } };
template <> struct Packet<8> { using Ray = RTCRay8; static void occluded(const int* v, RTCScene s, RTCIntersectContext* c, Ray* r) { rtcOccluded8(v, s, c, r); } };

// A packet of neighbouring points at a time, all suns for it.
template <int N> void packets(const Ground& g, int threads) {
    size_t count = (g.points.size() + N - 1) / N;
    parallel(count, threads, [&](size_t first, size_t end) {
        RTCIntersectContext context;
        rtcInitIntersectContext(&context);
        context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
        for (size_t k = first; k < end; k++) {
            alignas(64) typename Packet<N>::Ray ray{};
            alignas(64) int valid[N];
            uint32_t missed[N] = {};
            for (int i = 0; i < N; i++) {
                const Point& p = g.points[std::min(k * N + i, g.points.size() - 1)];
                valid[i] = k * N + i < g.points.size() ? -1 : 0;
                ray.org_x[i] = p.at.x; ray.org_y[i] = p.at.y; ray.org_z[i] = p.at.z;
                ray.mask[i] = -1;
            }
            for (size_t s = 0; s < g.suns.size(); s++) {
                for (int i = 0; i < N; i++) {
                    ray.dir_x[i] = g.suns[s].x; ray.dir_y[i] = g.suns[s].y; ray.dir_z[i] = g.suns[s].z;
                    ray.tfar[i] = FAR;
                }
                Packet<N>::occluded(valid, g.scene, &context, &ray);
                for (int i = 0; i < N; i++) missed[i] += ray.tfar[i] < 0 ? g.votes[s] : 0;
            }
            for (int i = 0; i < N && k * N + i < g.points.size(); i++) g.missed[k * N + i] = missed[i];
        }
    });
}

// Streams of neighbouring points, all suns for each.
template <int M> void streams(const Ground& g, int threads) {
    size_t count = (g.points.size() + M - 1) / M;
    parallel(count, threads, [&](size_t first, size_t end) {
        RTCIntersectContext context;
        rtcInitIntersectContext(&context);
        context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
        std::vector<RTCRay> rays(M);
        for (size_t k = first; k < end; k++) {
            size_t here = std::min<size_t>(M, g.points.size() - k * M);
            uint32_t missed[M] = {};
            for (size_t s = 0; s < g.suns.size(); s++) {
                for (size_t i = 0; i < here; i++) rays[i] = ray_of(g.points[k * M + i], g.suns[s]);
                rtcOccluded1M(g.scene, &context, rays.data(), here, sizeof(RTCRay));
                for (size_t i = 0; i < here; i++) missed[i] += rays[i].tfar < 0 ? g.votes[s] : 0;
            }
            for (size_t i = 0; i < here; i++) g.missed[k * M + i] = missed[i];
        }
    });
}

void print(const char* name, Took t, const char* end = ",\n") {
    std::printf("  \"%s\": { \"wall_s\": %.6f, \"cpu_s\": %.6f }%s", name, t.wall, t.cpu, end);
}

int time_all(const std::string& folder, int threads) {
    auto corners = load<Vec3>(folder + "/mesh_vertices.f32");
    auto triangles = load<uint32_t>(folder + "/mesh_triangles.u32");
    auto open = load<Point>(folder + "/ground_points.f32");
    auto surface = load<Point>(folder + "/surface_points.f32");
    auto suns = load<Vec3>(folder + "/suns.f32");
    auto votes = load<uint32_t>(folder + "/sun_votes.u32");
    auto ours = load<uint32_t>(folder + "/ground_missed.u32");
    RTCDevice device = rtcNewDevice(("threads=" + std::to_string(threads)).c_str());

    RTCScene scene = nullptr;
    Took build_took = median_of(3, [&] {
        if (scene) rtcReleaseScene(scene);
        scene = build(device, corners, triangles, RTC_SCENE_FLAG_NONE);
    });
    std::printf("{\n  \"version\": \"%s\", \"threads\": %d, \"triangles\": %zu,\n", RTC_VERSION_STRING, threads, triangles.size() / 3);
    print("build", build_took);

    auto order = tile_order(open);
    std::vector<Point> points;
    for (uint32_t i : order) points.push_back(open[i]);
    std::vector<uint32_t> missed(points.size());

    // Every twelfth sun picks the fastest way; that one is then timed on all.
    std::vector<Vec3> few;
    std::vector<uint32_t> few_votes;
    for (size_t s = 0; s < suns.size(); s += 12) { few.push_back(suns[s]); few_votes.push_back(votes[s]); }
    Ground trial{ scene, points, few, few_votes, missed };
    struct Way { const char* name; void (*run)(const Ground&, int); };
    Way ways[] = { { "rtcOccluded16", packets<16> }, { "rtcOccluded8", packets<8> }, { "rtcOccluded1M of 64", streams<64> },
                   { "rtcOccluded1M of 256", streams<256> } };
    Way best = ways[0];
    double best_s = 1e9;
    std::printf("  \"ways_mrays_s\": {");
    for (Way way : ways) {
        Took t = timed([&] { way.run(trial, threads); });
        std::printf("%s \"%s\": %.2f", way.name == ways[0].name ? "" : ",", way.name, points.size() * few.size() / t.cpu * threads / 1e6);
        if (t.cpu < best_s) { best_s = t.cpu; best = way; }
    }
    std::printf(" },\n");
    Ground all{ scene, points, suns, votes, missed };
    Took ground = median_of(3, [&] { best.run(all, threads); });
    size_t differ = 0;
    for (size_t i = 0; i < points.size(); i++) differ += missed[i] != ours[order[i]];
    std::printf("  \"ground_way\": \"%s\", \"ground_rays\": %zu, \"ground_points_with_other_votes\": %zu,\n", best.name, points.size() * suns.size(), differ);
    print("ground", ground);

    std::vector<uint32_t> seen(surface.size());
    size_t rays = 0;
    for (auto& p : surface) for (auto& s : suns) rays += facing(p, s) > 0;
    Took single = median_of(3, [&] {
        parallel(surface.size(), threads, [&](size_t first, size_t end) {
            RTCIntersectContext context;
            rtcInitIntersectContext(&context);
            for (size_t i = first; i < end; i++) {
                uint32_t sum = 0;
                for (size_t s = 0; s < suns.size(); s++) {
                    if (facing(surface[i], suns[s]) <= 0) continue;
                    RTCRay ray = ray_of(surface[i], suns[s]);
                    rtcOccluded1(scene, &context, &ray);
                    sum += ray.tfar < 0 ? 0 : votes[s];
                }
                seen[i] = sum;
            }
        });
    });
    std::printf("  \"surface_rays\": %zu,\n", rays);
    print("single", single, "\n}\n");
    return 0;
}

int occluded(const std::string& folder, const char* points_at, const char* suns_at, const char* out) {
    auto points = load<Point>(points_at);
    auto suns = load<Vec3>(suns_at);
    RTCDevice device = rtcNewDevice(nullptr);
    RTCScene scene = build(device, load<Vec3>(folder + "/mesh_vertices.f32"), load<uint32_t>(folder + "/mesh_triangles.u32"), RTC_SCENE_FLAG_ROBUST);
    std::vector<uint8_t> hidden;
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    for (auto& p : points) for (auto& s : suns) {
        RTCRay ray = ray_of(p, s);
        rtcOccluded1(scene, &context, &ray);
        hidden.push_back(facing(p, s) <= 0 || ray.tfar < 0);
    }
    FILE* file = std::fopen(out, "wb");
    if (!file || std::fwrite(hidden.data(), 1, hidden.size(), file) != hidden.size()) { std::perror(out); return 2; }
    return std::fclose(file);
}

int main(int count, char** arguments) {
    no_denormals();
    std::string what = count > 1 ? arguments[1] : "";
    if (what == "time" && count == 4) return time_all(arguments[2], std::atoi(arguments[3]));
    if (what == "occluded" && count == 6) return occluded(arguments[2], arguments[3], arguments[4], arguments[5]);
    std::fprintf(stderr, "embree_peer time FOLDER THREADS | occluded FOLDER POINTS SUNS OUT\n");
    return 2;
}
