#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace poselift {

/// One table of figures, for people (Markdown) and for scripts.
class ReportTable
{
public:
    /// @param name   identifier: "pck", "ghosts"
    /// @param title  one line: what is measured on what, with units
    ReportTable(std::string name, std::string title, std::vector<std::string> columns);

    void beginRow(std::string firstCell);
    void addText(std::string text);
    /// @param decimals  for people; scripts get the whole number
    void addNumber(double value, int decimals);
    /// A cell for which there is no figure.
    void addNothing();

    const std::string &name() const { return m_name; }
    std::string markdown() const;
    /// {"table": name, "title": …, "rows": [{column: value or null, …}]}
    nlohmann::json toJson() const;

private:
    struct Cell
    {
        std::string text;
        double number = 0.0;
        enum
        {
            Text,
            Number,
            Nothing
        } kind = Text;
    };
    std::string m_name;
    std::string m_title;
    std::vector<std::string> m_columns;
    std::vector<std::vector<Cell>> m_rows;
};

} // namespace poselift
