#include "core/io/trcfile.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>

namespace poselift {

namespace fs = std::filesystem;

namespace {

using Fields = std::vector<std::string>;

/// Fields between tabs; blanks around them go, empty ones stay: a missing marker is three of them.
Fields split(std::string line)
{
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    Fields fields(1);
    for (const char c : line) {
        if (c == '\t')
            fields.emplace_back();
        else if (c != ' ' || !fields.back().empty())
            fields.back() += c;
    }
    for (std::string &field : fields)
        field.erase(field.find_last_not_of(' ') + 1);
    return fields;
}

std::optional<double> number(const std::string &text)
{
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

class Reader
{
public:
    Reader(std::ifstream &file, const fs::path &path) : m_file(file), m_path(path) {}

    /// Next line's fields; nothing at the end of the file.
    std::optional<Fields> line()
    {
        std::string text;
        if (!std::getline(m_file, text))
            return std::nullopt;
        ++m_line;
        return split(text);
    }
    Error wrong(const std::string &expected, const std::string &found) const
    {
        return Error(ErrorCode::WrongFormat, {{"path", m_path.string()}, {"expected", expected},
                                              {"found", found + " in line " + std::to_string(m_line)}});
    }

private:
    std::ifstream &m_file;
    const fs::path &m_path;
    int m_line = 0;
};

std::string fieldAt(const Fields &fields, std::size_t at)
{
    return at < fields.size() ? fields[at] : std::string();
}

/// Lines 1 to 3: magic, names and values of the header. @return metres per unit.
Result<double> readHeader(Reader &reader, MarkerTrajectories &data)
{
    static const std::map<std::string, double> kMetres{{"m", 1.0}, {"cm", 0.01}, {"mm", 0.001}};
    const Fields magic = reader.line().value_or(Fields());
    if (fieldAt(magic, 0) != "PathFileType")
        return reader.wrong("a TRC file that begins with 'PathFileType'", "'" + fieldAt(magic, 0) + "'");
    const Fields names = reader.line().value_or(Fields());
    const Fields values = reader.line().value_or(Fields());
    const auto value = [&](const char *name) {
        const auto at = std::ranges::find(names, name);
        return at == names.end() ? std::string() : fieldAt(values, static_cast<std::size_t>(at - names.begin()));
    };
    const std::optional<double> rate = number(value("DataRate"));
    if (!rate || *rate <= 0)
        return reader.wrong("a positive DataRate", "'" + value("DataRate") + "'");
    data.framesPerSecond = *rate;
    const auto unit = kMetres.find(value("Units"));
    if (unit == kMetres.end())
        return reader.wrong("Units m, cm or mm", "'" + value("Units") + "'");
    return unit->second;
}

/// Line 4: "Frame#", "Time", then a name over every third column.
Result<void> readMarkerNames(Reader &reader, MarkerTrajectories &data)
{
    const Fields fields = reader.line().value_or(Fields());
    if (fieldAt(fields, 0) != "Frame#" || fieldAt(fields, 1) != "Time")
        return reader.wrong("'Frame#' and 'Time'", "'" + fieldAt(fields, 0) + "'");
    for (std::size_t at = 2; at < fields.size(); at += 3) {
        if (!fields[at].empty())
            data.markers.push_back(fields[at]);
    }
    return data.markers.empty() ? reader.wrong("marker names", "none") : Result<void>();
}

Result<void> readFrame(const Reader &reader, const Fields &fields, double metres, MarkerTrajectories &data)
{
    const std::optional<double> frame = number(fieldAt(fields, 0));
    const std::optional<double> seconds = number(fieldAt(fields, 1));
    if (!frame || !seconds)
        return reader.wrong("a frame number and a time", "'" + fieldAt(fields, 0) + "', '" + fieldAt(fields, 1) + "'");
    std::vector<std::optional<Eigen::Vector3d>> markers(data.markers.size());
    for (std::size_t marker = 0; marker < markers.size(); ++marker) {
        Eigen::Vector3d position;
        bool known = true;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const std::string text = fieldAt(fields, 2 + 3 * marker + axis);
            const std::optional<double> value = number(text);
            const bool blank = text.empty() || text == "NaN" || text == "nan";
            if (!value && !blank)
                return reader.wrong("a number for " + data.markers[marker], "'" + text + "'");
            known = known && value.has_value();
            position[static_cast<Eigen::Index>(axis)] = value.value_or(0.0) * metres;
        }
        if (known)
            markers[marker] = position;
    }
    data.frameNumbers.push_back(static_cast<int>(*frame));
    data.seconds.push_back(*seconds);
    data.positions.push_back(std::move(markers));
    return {};
}

} // namespace

int MarkerTrajectories::indexOf(const std::string &marker) const
{
    const auto at = std::ranges::find(markers, marker);
    return at == markers.end() ? -1 : static_cast<int>(at - markers.begin());
}

Result<MarkerTrajectories> readTrc(const fs::path &path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "a TRC file"}});
    if (!fs::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "it cannot be opened"}});
    Reader reader(file, path);
    MarkerTrajectories data;
    const Result<double> metres = readHeader(reader, data);
    if (!metres)
        return metres.error();
    if (Result<void> names = readMarkerNames(reader, data); !names)
        return names.error();
    reader.line(); // X1 Y1 Z1 …
    while (const std::optional<Fields> fields = reader.line()) {
        if (std::ranges::all_of(*fields, [](const std::string &field) { return field.empty(); }))
            continue;
        if (Result<void> frame = readFrame(reader, *fields, *metres, data); !frame)
            return frame.error();
    }
    if (data.positions.empty())
        return reader.wrong("at least one frame", "the end of the file");
    return data;
}

} // namespace poselift
