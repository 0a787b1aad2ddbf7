#include "models/evaluate/reporttable.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace poselift {

ReportTable::ReportTable(std::string name, std::string title, std::vector<std::string> columns)
    : m_name(std::move(name)), m_title(std::move(title)), m_columns(std::move(columns))
{
}

void ReportTable::beginRow(std::string firstCell)
{
    m_rows.emplace_back();
    addText(std::move(firstCell));
}

void ReportTable::addText(std::string text)
{
    m_rows.back().push_back({std::move(text), 0.0, Cell::Text});
}

void ReportTable::addNumber(double value, int decimals)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    m_rows.back().push_back({text, value, Cell::Number});
}

void ReportTable::addNothing()
{
    m_rows.back().push_back({"–", 0.0, Cell::Nothing});
}

std::string ReportTable::markdown() const
{
    std::string text = m_title + "\n\n|";
    for (const std::string &column : m_columns)
        text += " " + column + " |";
    text += "\n|";
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        text += "---|";
    for (const std::vector<Cell> &row : m_rows) {
        text += "\n|";
        for (const Cell &cell : row)
            text += " " + cell.text + " |";
    }
    return text + "\n";
}

nlohmann::json ReportTable::toJson() const
{
    nlohmann::json rows = nlohmann::json::array();
    for (const std::vector<Cell> &row : m_rows) {
        nlohmann::json entry;
        for (std::size_t i = 0; i < row.size() && i < m_columns.size(); ++i) {
            nlohmann::json &value = entry[m_columns[i]];
            if (row[i].kind == Cell::Text)
                value = row[i].text;
            else if (row[i].kind == Cell::Number)
                value = row[i].number;
        }
        rows.push_back(std::move(entry));
    }
    return {{"table", m_name}, {"title", m_title}, {"rows", std::move(rows)}};
}

} // namespace poselift
