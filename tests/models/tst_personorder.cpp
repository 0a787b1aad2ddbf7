#include "models/train/personorder.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <set>

using namespace poselift;

namespace {

std::vector<std::size_t> peopleFrom(std::size_t first, std::size_t count)
{
    std::vector<std::size_t> people(count);
    for (std::size_t i = 0; i < count; ++i)
        people[i] = first + i;
    return people;
}

} // namespace

class TestPersonOrder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRoundShowsEverybodyOnce();
    void groupsGetTheirShares_data();
    void groupsGetTheirShares();
    void sharesHoldInShortStretches();
    void roundsHoldWithinGroups();
    void orderDependsOnSeedAndPositionOnly();
};

void TestPersonOrder::everyRoundShowsEverybodyOnce()
{
    const PersonOrder order({{peopleFrom(10, 37), 1}});
    for (std::int64_t round = 0; round < 4; ++round) {
        std::set<std::size_t> seen;
        for (std::int64_t i = 0; i < 37; ++i)
            seen.insert(order.at(5, 37 * round + i));
        QCOMPARE(seen.size(), std::size_t(37));
        QCOMPARE(*seen.begin(), std::size_t(10));
    }
}

void TestPersonOrder::groupsGetTheirShares_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("second");
    QTest::newRow("halves") << 1.0 << 1.0;
    QTest::newRow("one in four") << 3.0 << 1.0;
    QTest::newRow("shares of one") << 0.7 << 0.3;
    QTest::newRow("hardly any") << 1.0 << 1e-6; // a slot in a block at least
}

void TestPersonOrder::groupsGetTheirShares()
{
    QFETCH(double, first);
    QFETCH(double, second);
    const PersonOrder order({{peopleFrom(0, 10), first}, {peopleFrom(10, 1000), second}});
    int ofFirst = 0;
    for (std::int64_t i = 0; i < 10240; ++i)
        ofFirst += order.at(3, i) < 10 ? 1 : 0;
    const double wanted = std::min(first / (first + second), 1023.0 / 1024);
    QVERIFY(std::abs(ofFirst / 10240.0 - wanted) < 0.001);
}

void TestPersonOrder::sharesHoldInShortStretches()
{
    const PersonOrder order({{peopleFrom(0, 50), 0.7}, {peopleFrom(50, 500), 0.3}});
    for (std::int64_t batch = 0; batch < 300; ++batch) {
        int ofFirst = 0;
        for (std::int64_t i = 0; i < 32; ++i)
            ofFirst += order.at(8, 32 * batch + i) < 50 ? 1 : 0;
        QVERIFY(std::abs(ofFirst - 22) <= 4); // 22.4 of 32
    }
}

void TestPersonOrder::roundsHoldWithinGroups()
{
    const PersonOrder order({{peopleFrom(0, 7), 0.5}, {peopleFrom(7, 300), 0.5}});
    std::vector<int> shown(307, 0);
    for (std::int64_t i = 0; i < 2 * 1024; ++i)
        ++shown[order.at(2, i)];
    const auto [least, most] = std::minmax_element(shown.begin(), shown.begin() + 7);
    QVERIFY(*most - *least <= 2); // 1024 times among seven
    const auto [few, many] = std::minmax_element(shown.begin() + 7, shown.end());
    QVERIFY(*few >= 2 && *many - *few <= 2); // 1024 times among 300
}

void TestPersonOrder::orderDependsOnSeedAndPositionOnly()
{
    const PersonOrder order({{peopleFrom(0, 100), 1}, {peopleFrom(100, 100), 2}});
    const PersonOrder again({{peopleFrom(0, 100), 1}, {peopleFrom(100, 100), 2}});
    int equal = 0;
    for (std::int64_t i = 1999; i >= 0; --i) {
        QCOMPARE(order.at(4, i), again.at(4, i));
        equal += order.at(4, i) == order.at(5, i) ? 1 : 0;
    }
    QVERIFY(equal < 200);
}

QTEST_APPLESS_MAIN(TestPersonOrder)
#include "tst_personorder.moc"
