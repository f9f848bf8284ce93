"""What students hand in to the assignments: right and wrong answers to each task, and their points.

An answer stands in the place of the solution of a cell. Most mistakes are those that the lessons
warn of.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What a student writes into a cell, in the place of its solution.

    Attributes:
        about: the mistake, or how else it is right.
        points: of each test below the cell, in order.
        says: words that the student meets where points are missing.
    """

    about: str
    code: str
    points: tuple[float, ...]
    says: str = ""


ANSWERS: dict[str, dict[str, list[Answer]]] = {"a1": {}, "a2": {}, "a3": {}}

SHORT = """
short = {
    "studyName": "season", "Species": "species", "Island": "island",
    "Flipper Length (mm)": "flipper_length_mm", "Body Mass (g)": "body_mass_g",
    "Sex": "sex", "Delta 15 N (o/oo)": "nitrogen", "Comments": "comment",
}
"""
ANSWERS["a1"]["names"] = [
    Answer(
        "a name over another column",
        SHORT.replace("Flipper Length", "Culmen Length") + "penguins = raw.rename(columns=short)",
        (1, 0), "The values below flipper_length_mm are not those of the file",
    ),
    Answer(
        "what rename gives back is lost",
        SHORT + "raw.rename(columns=short)\npenguins = raw",
        (0, 0), "does `penguins` hold what `rename` gave back?",
    ),
    Answer(
        "a misspelt name",
        SHORT.replace('"nitrogen"', '"nitrogene"') + "penguins = raw.rename(columns=short)",
        (0, 0), "There is no column nitrogen. Is it spelt as in the list?",
    ),
    Answer(
        "rows with gaps are dropped",
        SHORT + "penguins = raw.rename(columns=short).dropna()",
        (1, 0), "New names change no rows: 344 went in",
    ),
    Answer(
        "gaps are filled with zeros",
        SHORT + """
penguins = raw.rename(columns=short)
penguins["body_mass_g"] = penguins["body_mass_g"].fillna(0)
""",
        (1, 0), "The values below body_mass_g are not those of the file",
    ),
    Answer(
        "a column is sorted by itself",
        SHORT + """
penguins = raw.rename(columns=short)
penguins["body_mass_g"] = penguins["body_mass_g"].sort_values().to_numpy()
""",
        (1, 0), "The values of a row do not belong together any more",
    ),
    Answer(
        "right: renamed in place, the eight columns alone, the heaviest first",
        SHORT + """
penguins = raw.copy()
penguins.rename(columns=short, inplace=True)
penguins = penguins[[*short.values()]].sort_values("body_mass_g", ascending=False)
""",
        (1, 2),
    ),
]  # fmt: skip

ANSWERS["a1"]["large-females"] = [
    Answer(
        "more than, not at least",
        'return table.loc[(table["sex"] == "FEMALE") & (table["body_mass_g"] > least)]',
        (1,), "1 of 2 points: a bird of exactly the least mass weighs at least as much.",
    ),
    Answer(
        "not male, in the place of female",
        'return table.loc[(table["sex"] != "MALE") & (table["body_mass_g"] >= least)]',
        (0,), "A bird that is of unknown sex is no large female",
    ),
    Answer(
        "or, in the place of and",
        'return table.loc[(table["sex"] == "FEMALE") | (table["body_mass_g"] >= least)]',
        (0,), "Dan weighs enough. But does he answer both questions?",
    ),
    Answer(
        "the number of the page",
        'return table.loc[(table["sex"] == "FEMALE") & (table["body_mass_g"] >= 5000)]',
        (0,), "With another limit, a heavy female is missing.",
    ),
    Answer(
        "a condition, not rows",
        'return (table["sex"] == "FEMALE") & (table["body_mass_g"] >= least)',
        (0,), "`return` a part of the table, not a condition or a count.",
    ),
    Answer(
        "right: two steps",
        """
        females = table[table["sex"] == "FEMALE"]
        return females[females["body_mass_g"] >= least]
        """,
        (2,),
    ),
    Answer(
        "right: query",
        "return table.query(\"sex == 'FEMALE' and body_mass_g >= @least\")",
        (2,),
    ),
]  # fmt: skip

ANSWERS["a1"]["two-islands"] = [
    Answer(
        "from both islands at once",
        """
        both = (table["island"] == "Dream") & (table["island"] == "Torgersen")
        return table.loc[both & (table["flipper_length_mm"] > more_than)]
        """,
        (0,), "Hal is from Dream",
    ),
    Answer(
        "no brackets around the islands",
        """
        dream = table["island"] == "Dream"
        torgersen = table["island"] == "Torgersen"
        return table.loc[dream | torgersen & (table["flipper_length_mm"] > more_than)]
        """,
        (0,), "`&` goes before `|`: which brackets do you need?",
    ),
    Answer(
        "at least, not more than",
        """
        there = table["island"].isin(["Dream", "Torgersen"])
        return table.loc[there & (table["flipper_length_mm"] >= more_than)]
        """,
        (1,), "1 of 2 points: *more than* leaves out who is exactly at the limit.",
    ),
    Answer(
        "one of the islands",
        """
        dream = table["island"] == "Dream"
        return table.loc[dream & (table["flipper_length_mm"] > more_than)]
        """,
        (0,), "Birds with long flippers belong here from *either* island.",
    ),
    Answer(
        "not short, in the place of long",
        """
        there = table["island"].isin(["Dream", "Torgersen"])
        return table.loc[there & ~(table["flipper_length_mm"] <= more_than)]
        """,
        (0,), "Nobody knows how long the flippers of one of your birds are.",
    ),
    Answer(
        "right: not from Biscoe",
        'return table[(table["island"] != "Biscoe") & (table["flipper_length_mm"] > more_than)]',
        (2,),
    ),
]  # fmt: skip

ANSWERS["a1"]["without-sex"] = [
    Answer(
        "equal to None",
        'return table.loc[(table["sex"] == None) & table["body_mass_g"].notna()]',
        (0,), "A gap equals nothing, not even another gap",
    ),
    Answer(
        "weighed or not",
        'return table.loc[table["sex"].isna()]',
        (0,), "One of your birds was never weighed.",
    ),
    Answer(
        "rows without gaps",
        'return table.dropna(subset=["sex", "body_mass_g"])',
        (0,), "The sex of Ada and of Dan is known.",
    ),
    Answer(
        "either question",
        'return table.loc[table["sex"].isna() | table["body_mass_g"].notna()]',
        (0,), "The sex of Ada and of Dan is known.",
    ),
    Answer(
        "one column, not whole rows",
        'return table.loc[table["sex"].isna() & table["body_mass_g"].notna(), ["sex"]]',
        (0,), "Give back whole rows, with all their columns.",
    ),
    Answer(
        "right: neither the one nor the other",
        """
        known = table["sex"].isin(["FEMALE", "MALE"])
        return table[~known & (table["body_mass_g"] > 0)]
        """,
        (2,),
    ),
]  # fmt: skip

ANSWERS["a1"]["other-comments"] = [
    Answer(
        "without a comment is another comment",
        'return table.loc[table["comment"] != text]',
        (0,), "A row without any comment is among yours.",
    ),
    Answer(
        "any comment",
        'return table.loc[table["comment"].notna()]',
        (0,), "Bo has the comment that you were to leave out.",
    ),
    Answer(
        "the text of the page",
        """
        has_one = table["comment"].notna()
        return table.loc[has_one & (table["comment"] != "Nest never observed with full clutch.")]
        """,
        (0,), "With another `text`, the comment to leave out is still there.",
    ),
    Answer(
        "whatever contains the text is left out",
        'return table.loc[~table["comment"].str.contains(text, na=True)]',
        (0,), "Compare with the whole `text`.",
    ),
    Answer(
        "rows with a gap anywhere are dropped",
        """
        table = table.dropna()
        return table.loc[table["comment"] != text]
        """,
        (0,), "Eli, Gus and Hal have another comment.",
    ),
    Answer(
        "right: rows without a comment are dropped first",
        """
        table = table.dropna(subset="comment")
        return table[table["comment"] != text]
        """,
        (2,),
    ),
]  # fmt: skip

ANSWERS["a1"]["gaps"] = [
    Answer(
        "all rows are counted",
        'return table["species"].value_counts()',
        (0, 0), "In the flock, the sex of two birds is missing.",
    ),
    Answer(
        "what is there is counted",
        'return table.groupby("species")[column].count()',
        (0, 0), "In the flock, the sex of two birds is missing.",
    ),
    Answer(
        "the column of the page",
        'return table.loc[table["sex"].isna(), "species"].value_counts()',
        (1, 0), "the gaps of the column flipper_length_mm are not all counted, or too many are",
    ),
    Answer(
        "the table of the page",
        'return flock.loc[flock[column].isna(), "species"].value_counts()',
        (1, 0), "Does your function use its `table` and its `column`, and nothing else?",
    ),
    Answer(
        "one number",
        "return table[column].isna().sum()",
        (0, 0), "Give back one count for each species",
    ),
    Answer(
        "zeros are gaps, too",
        """
        missing = table.loc[table[column].isna() | (table[column] == 0)]
        return missing["species"].value_counts()
        """,
        (1, 0), "or too many are",
    ),
    Answer(
        "right: truths added up, with zeros",
        'return table[column].isna().groupby(table["species"]).sum()',
        (1, 2),
    ),
]  # fmt: skip

ANSWERS["a1"]["chart"] = [
    Answer(
        "across and up have changed places",
        """
        chart.scatter(raw["Body Mass (g)"], raw["Flipper Length (mm)"])
        chart.set(xlabel="body mass (g)", ylabel="flipper length (mm)", title="Penguins")
        """,
        (1, 2), "1 of 2 points: across and up have changed places.",
    ),
    Answer(
        "no units",
        """
        chart.scatter(raw["Flipper Length (mm)"], raw["Body Mass (g)"])
        chart.set(xlabel="flipper length", ylabel="body mass", title="Penguins")
        """,
        (2, 0), "the axis of the masses is to say what it shows, and its unit.",
    ),
    Answer(
        "a line through the birds",
        """
        chart.plot(raw["Flipper Length (mm)"], raw["Body Mass (g)"])
        chart.set(xlabel="flipper length (mm)", ylabel="body mass (g)", title="Penguins")
        """,
        (0, 2), "Lines join one bird with the next one.",
    ),
    Answer(
        "the example's columns and names",
        """
        chart.scatter(raw["Culmen Length (mm)"], raw["Culmen Depth (mm)"])
        chart.set(xlabel="bill length (mm)", ylabel="bill depth (mm)", title="Penguins")
        """,
        (0, 0), "are not the flippers and masses of all birds that were measured",
    ),
    Answer(
        "rows with any gap are dropped, and one axis has no name",
        """
        whole = raw.dropna()
        chart.scatter(whole["Flipper Length (mm)"], whole["Body Mass (g)"])
        chart.set(xlabel="flipper length (mm)", title="Penguins")
        """,
        (0, 0), "Name both axes, with their units.",
    ),
    Answer(
        "right: a colour for each species",
        """
        for species, birds in raw.groupby("Species"):
            plt.scatter(birds["Flipper Length (mm)"], birds["Body Mass (g)"], label=species)
        plt.xlabel("Length of the flippers in millimetres")
        plt.ylabel("Weight [g]")
        """,
        (2, 2),
    ),
    Answer(
        "right: by pandas, without the birds that have a gap there",
        """
        both = raw.dropna(subset=["Flipper Length (mm)", "Body Mass (g)"])
        both.plot.scatter(x="Flipper Length (mm)", y="Body Mass (g)", ax=chart)
        """,
        (2, 2),
    ),
]  # fmt: skip

ANSWERS["a2"]["join"] = [
    Answer(
        "flights are lost",
        'return flights.merge(planes, on="tailnum", validate="many_to_one")',
        (0, 1), "A flight is lost.",
    ),
    Answer(
        "a copied flight goes unnoticed",
        'return flights.merge(planes, on="tailnum", how="left")',
        (3, 0), "A plane stood in `planes` twice, and your function said nothing.",
    ),
    Answer(
        "by all columns of the same name",
        "return flights.merge(planes)",
        (0, 0), "Which column says *whose* seats they are?",
    ),
    Answer(
        "planes that did not fly",
        'return flights.merge(planes, on="tailnum", how="outer", validate="many_to_one")',
        (0, 1), "A row is about a plane that did not fly.",
    ),
    Answer(
        "unknown seats are none",
        """
        joined = flights.merge(planes, on="tailnum", how="left", validate="many_to_one")
        return joined.fillna({"seats": 0})
        """,
        (0, 1), "leave a gap: nobody knows its seats",
    ),
    Answer(
        "a plane that stands there twice is dropped",
        """
        planes = planes.drop_duplicates("tailnum")
        return flights.merge(planes, on="tailnum", how="left", validate="many_to_one")
        """,
        (3, 0), "your function said nothing",
    ),
    Answer(
        "right: asserts the key, and takes two columns",
        """
        assert not planes["tailnum"].duplicated().any()
        return flights.merge(planes[["tailnum", "manufacturer", "seats"]], how="left")
        """,
        (3, 1),
    ),
    Answer(
        "right: with the planes on the left",
        'return planes.merge(flights, on="tailnum", how="right", validate="1:m")',
        (3, 1),
    ),
]  # fmt: skip

ANSWERS["a2"]["unknown"] = [
    Answer(
        "a plane of unknown age is unknown",
        """
        joined = flights.merge(planes, on="tailnum", how="left")
        return joined.loc[joined["year_y"].isna(), "carrier"].value_counts()
        """,
        (0,), "The register knows all planes of Delta (DL).",
    ),
    Answer(
        "planes are counted, not flights",
        """
        joined = flights.merge(planes, on="tailnum", how="left")
        return joined[joined["seats"].isna()].groupby("carrier")["tailnum"].nunique()
        """,
        (1,), "Flights were asked for, not planes.",
    ),
    Answer(
        "the flights that were found",
        'return flights.merge(planes, on="tailnum")["carrier"].value_counts()',
        (0,), "The register knows all planes of Delta (DL).",
    ),
    Answer(
        "one number",
        """
        joined = flights.merge(planes, on="tailnum", how="left")
        return joined["seats"].isna().sum()
        """,
        (0,), "Give back one count for each carrier",
    ),
    Answer(
        "labels are columns",
        """
        joined = flights.merge(planes, on="tailnum", how="left")
        return joined.isna().sum()
        """,
        (0,), "The labels are to be carriers.",
    ),
    Answer(
        "the carriers of the page",
        """
        return pd.Series({"MQ": 72, "AA": 65, "UA": 4, "B6": 3, "US": 1, "F9": 1})
        """,
        (0,), "In another table, the carriers are not the right ones.",
    ),
    Answer(
        "right: by isin, with zeros",
        """
        unknown = ~flights["tailnum"].isin(planes["tailnum"])
        return unknown.groupby(flights["carrier"]).sum()
        """,
        (3,),
    ),
]  # fmt: skip

ANSWERS["a2"]["summary"] = [
    Answer(
        "known delays are counted as flights",
        """
        named = flights.merge(airlines, on="carrier", how="left")
        return named.groupby("name")["arr_delay"].agg(
            flights="count", known="count", mean="mean", median="median"
        )
        """,
        (0, 3), "`flights` counts rows.",
    ),
    Answer(
        "flights are counted as known delays",
        """
        named = flights.merge(airlines, on="carrier", how="left")
        return named.groupby("name")["arr_delay"].agg(
            flights="size", known="size", mean="mean", median="median"
        )
        """,
        (1, 3), "1 of 2 points: `known` counts the delays that are known",
    ),
    Answer(
        "gaps are zeros",
        """
        named = flights.fillna(0).merge(airlines, on="carrier", how="left")
        return named.groupby("name")["arr_delay"].agg(
            flights="size", known="count", mean="mean", median="median"
        )
        """,
        (1, 0), "Is a gap counted as 0, or a 0 as a gap?",
    ),
    Answer(
        "departures",
        """
        named = flights.merge(airlines, on="carrier", how="left")
        return named.groupby("name").agg(
            flights=("flight", "size"), known=("arr_delay", "count"),
            mean=("dep_delay", "mean"), median=("dep_delay", "median"),
        )
        """,
        (2, 0), "Arrival or departure?",
    ),
    Answer(
        "only who came late",
        """
        named = flights[flights["arr_delay"] > 0].merge(airlines, on="carrier", how="left")
        return named.groupby("name")["arr_delay"].agg(
            flights="size", known="count", mean="mean", median="median"
        )
        """,
        (0, 0), "And what about those that came early?",
    ),
    Answer(
        "codes, not names",
        """
        return flights.groupby("carrier")["arr_delay"].agg(
            flights="size", known="count", mean="mean", median="median"
        )
        """,
        (0, 0), "The table needs the column name",
    ),
    Answer(
        "airlines without flights",
        """
        named = flights.merge(airlines, on="carrier", how="right")
        return named.groupby("name")["arr_delay"].agg(
            flights="size", known="count", mean="mean", median="median"
        )
        """,
        (0, 3), "An airline without flights has no row.",
    ),
    Answer(
        "right: a row for each code, then its name",
        """
        table = flights.groupby("carrier", as_index=False).agg(
            flights=("flight", "count"), known=("arr_delay", "count"),
            mean=("arr_delay", "mean"), median=("arr_delay", "median"),
        )
        return table.merge(airlines, on="carrier", validate="1:1")
        """,
        (2, 3),
    ),
]  # fmt: skip

ANSWERS["a2"]["wide"] = [
    Answer(
        "rows and columns have changed places",
        'return flights.pivot_table(index="origin", columns="carrier", values="arr_delay")',
        (1,), "1 of 2 points: rows and columns have changed places.",
    ),
    Answer(
        "no flights, no delay",
        """
        return flights.pivot_table(
            index="carrier", columns="origin", values="arr_delay", fill_value=0
        )
        """,
        (1,), "where there are no flights there is no delay",
    ),
    Answer(
        "long",
        'return flights.groupby(["carrier", "origin"])["arr_delay"].mean()',
        (0,), "Give back a table with a column for each airport.",
    ),
    Answer(
        "sums",
        """
        sums = flights.groupby(["carrier", "origin"], as_index=False)["arr_delay"].sum()
        return sums.pivot(index="carrier", columns="origin", values="arr_delay")
        """,
        (0,), "a mean is not right, or it stands in another place",
    ),
    Answer(
        "departures",
        'return flights.pivot_table(index="carrier", columns="origin", values="dep_delay")',
        (0,), "a mean is not right",
    ),
    Answer(
        "destinations",
        'return flights.pivot_table(index="carrier", columns="dest", values="arr_delay")',
        (0,), "There is no column EWR. Where do the headings come from?",
    ),
    Answer(
        "right: unstack, with the carriers as a column",
        """
        wide = flights.groupby(["carrier", "origin"])["arr_delay"].mean().unstack()
        return wide.reset_index()
        """,
        (2,),
    ),
    Answer(
        "right: pivot_table of a list of values",
        'return flights.pivot_table(["arr_delay"], "carrier", "origin")',
        (2,),
    ),
]  # fmt: skip

ANSWERS["a2"]["chart"] = [
    Answer(
        "in no order",
        """
        named = flights.merge(airlines, on="carrier")
        found = named.groupby("name")["arr_delay"].agg(known="count", mean="mean")
        chart.barh(found.index + " (n = " + found["known"].astype(str) + ")", found["mean"])
        chart.set(xlabel="mean arrival delay (minutes)")
        """,
        (2, 0, 1), "A longer bar stands between two shorter ones.",
    ),
    Answer(
        "n is all flights",
        """
        named = flights.merge(airlines, on="carrier")
        found = named.groupby("name")["arr_delay"].agg(n="size", mean="mean").sort_values("mean")
        chart.barh(found.index + " (n = " + found["n"].astype(str) + ")", found["mean"])
        chart.set(xlabel="mean arrival delay (minutes)")
        """,
        (2, 1, 0), "A mean rests on the arrivals that are *known*",
    ),
    Answer(
        "medians",
        """
        named = flights.merge(airlines, on="carrier")
        found = named.groupby("name")["arr_delay"].agg(n="count", middle="median")
        found = found.sort_values("middle")
        chart.barh(found.index + " (n = " + found["n"].astype(str) + ")", found["middle"])
        chart.set(xlabel="median arrival delay (minutes)")
        """,
        (0, 1, 1), "Which delay, and which summary, did you draw?",
    ),
    Answer(
        "no n",
        """
        named = flights.merge(airlines, on="carrier")
        found = named.groupby("name")["arr_delay"].mean().sort_values()
        chart.barh(found.index, found)
        chart.set(xlabel="mean arrival delay (minutes)")
        """,
        (2, 1, 0), "A bar does not say its n.",
    ),
    Answer(
        "no unit",
        """
        found = flights.groupby("carrier")["arr_delay"].agg(n="count", mean="mean")
        found = found.sort_values("mean")
        chart.barh(found.index + " (n = " + found["n"].astype(str) + ")", found["mean"])
        chart.set(xlabel="mean arrival delay")
        """,
        (2, 1, 0), "How long is a delay of 40? The axis needs its unit.",
    ),
    Answer(
        "departures of the three airports, as in the example",
        "chart.barh(names, airports['mean'])\nchart.set(ylabel='airport')",
        (0, 0, 0), "Draw one bar for each airline that has flights.",
    ),
    Answer(
        "right: upright, by pandas, the longest first",
        """
        found = flights.groupby("carrier")["arr_delay"].agg(n="count", mean="mean")
        found = found.sort_values("mean", ascending=False)
        found.index = found.index + ", n=" + found["n"].astype(str)
        found["mean"].plot.bar(ax=chart, ylabel="How late on average? (min)")
        """,
        (2, 1, 1),
    ),
    Answer(
        "right: n at the end of each bar",
        """
        found = flights.groupby("carrier")["arr_delay"].agg(["count", "mean"]).sort_values("mean")
        bars = plt.barh(found.index, found["mean"].round(1))
        plt.bar_label(bars, found["count"])
        plt.xlabel("Mean delay of arrivals, in minutes")
        """,
        (2, 1, 1),
    ),
]  # fmt: skip

ANSWERS["a3"]["tidy"] = [
    Answer(
        "years among the temperatures",
        'return wide.melt(var_name="month", value_name="celsius")',
        (0, 0), "Some of your temperatures are years.",
    ),
    Answer(
        "no dates",
        'return wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")',
        (2, 0), "The table needs a column `date`.",
    ),
    Answer(
        "dates as text",
        """
        long = wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")
        long["date"] = long["month"] + " " + long["YEAR"].astype(str)
        return long
        """,
        (2, 0), "`date` still holds text or numbers.",
    ),
    Answer(
        "years alone",
        """
        long = wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")
        long["date"] = pd.to_datetime(long["YEAR"], format="%Y")
        return long
        """,
        (2, 0), "the months or the years are not those of the headings and of `YEAR`",
    ),
    Answer(
        "dates in the order of a calendar, over rows in another one",
        """
        long = wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")
        first = f"{wide['YEAR'].min()}-01-01"
        long["date"] = pd.date_range(first, periods=len(long), freq="MS")
        return long
        """,
        (2, 0), "a temperature has the date of another month",
    ),
    Answer(
        "the last day of the month",
        """
        long = wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")
        text = long["month"] + " " + long["YEAR"].astype(str)
        long["date"] = pd.to_datetime(text, format="%b %Y") + pd.offsets.MonthEnd(0)
        return long
        """,
        (2, 1), "1 of 2 points: the dates are to be the first day of each month.",
    ),
    Answer(
        "the table of the page",
        'return months[["date", "celsius"]]',
        (0, 0), "In another table, two years are to give 24 rows",
    ),
    Answer(
        "right: by stack, and two columns",
        """
        long = wide.set_index("YEAR").stack().rename("celsius").reset_index()
        text = "1 " + long["level_1"] + " " + long["YEAR"].astype(str)
        return long.assign(date=pd.to_datetime(text, format="%d %b %Y"))[["date", "celsius"]]
        """,
        (2, 2),
    ),
    Answer(
        "right: the months listed one by one",
        """
        names = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
        long = wide.melt(id_vars=["YEAR"], value_vars=names, value_name="celsius")
        long["month"] = long["variable"].map({name: n + 1 for n, name in enumerate(names)})
        parts = {"year": long["YEAR"], "month": long["month"], "day": 1}
        long["date"] = pd.to_datetime(parts)
        return long.sort_values("date")
        """,
        (2, 2),
    ),
]  # fmt: skip

ANSWERS["a3"]["anomaly"] = [
    Answer(
        "compared with all months",
        'return table.assign(anomaly=table["celsius"] - table["celsius"].mean())',
        (0, 0), "With what is it compared: with all months, or with its own year?",
    ),
    Answer(
        "compared with its own year",
        """
        usual = table.groupby(table["date"].dt.year)["celsius"].transform("mean")
        return table.assign(anomaly=table["celsius"] - usual)
        """,
        (0, 0), "A month is not compared with the mean of the same month",
    ),
    Answer(
        "the signs are turned over",
        """
        usual = table.groupby(table["date"].dt.month)["celsius"].transform("mean")
        return table.assign(anomaly=usual - table["celsius"])
        """,
        (0, 0), "The signs are turned over",
    ),
    Answer(
        "what is usual in the table of the page",
        """
        usual = months.groupby(months["date"].dt.month)["celsius"].mean()
        return table.assign(anomaly=table["celsius"] - table["date"].dt.month.map(usual))
        """,
        (2, 0), "Is what is usual taken from *this* table, and month by month?",
    ),
    Answer(
        "the table of the page",
        "return months",
        (0, 0), "One month of the table was changed, and your function did not see it.",
    ),
    Answer(
        "what is usual, not the difference",
        """
        usual = table.groupby(table["date"].dt.month)["celsius"].transform("mean")
        return table.assign(anomaly=usual)
        """,
        (0, 0), "Warmer and colder than usual should balance each other.",
    ),
    Answer(
        "medians",
        """
        usual = table.groupby(table["date"].dt.month)["celsius"].transform("median")
        return table.assign(anomaly=table["celsius"] - usual)
        """,
        (0, 0), "Warmer and colder than usual should balance each other.",
    ),
    Answer(
        "right: by transform, into the table itself",
        """
        month = table["date"].dt.strftime("%b")
        table["anomaly"] = table["celsius"] - table.groupby(month)["celsius"].transform("mean")
        return table.sort_values("date", ascending=False)
        """,
        (2, 2),
    ),
]  # fmt: skip

ANSWERS["a3"]["warm"] = [
    Answer(
        "more than, not at least",
        """
        warm = table[table["anomaly"] > least]
        return warm.groupby(warm["date"].dt.year).size()
        """,
        (3,), "3 of 4 points: *at least* takes in a month that is exactly at the limit.",
    ),
    Answer(
        "the number of the page",
        """
        warm = table[table["anomaly"] >= 2]
        return warm.groupby(warm["date"].dt.year).size()
        """,
        (0,), "is your limit `least`?",
    ),
    Answer(
        "added up, not counted",
        """
        warm = table[table["anomaly"] >= least]
        return warm.groupby(warm["date"].dt.year)["anomaly"].sum()
        """,
        (0,), "Do you count months, whatever their anomaly adds up to?",
    ),
    Answer(
        "one number",
        'return (table["anomaly"] >= least).sum()',
        (0,), "Give back one count for each year",
    ),
    Answer(
        "months of the year, not years",
        'return table.loc[table["anomaly"] >= least, "date"].dt.month.value_counts()',
        (0,), "The labels are to be years.",
    ),
    Answer(
        "cold months, too",
        'return table.loc[table["anomaly"].abs() >= least, "date"].dt.year.value_counts()',
        (0,), "a year is there that has no warm month",
    ),
    Answer(
        "gaps are warm",
        'return table.loc[~(table["anomaly"] < least), "date"].dt.year.value_counts()',
        (0,), "too many months of a year are counted",
    ),
    Answer(
        "right: years as dates, with zeros",
        'return (table.set_index("date").sort_index()["anomaly"] >= least).resample("YS").sum()',
        (4,),
    ),
]  # fmt: skip

ANSWERS["a3"]["chart"] = [
    Answer(
        "to and fro in time",
        """
        chart.plot(months["date"], months["anomaly"])
        highest = months.loc[months["anomaly"].idxmax()]
        chart.annotate(
            "June 1983", xy=(highest["date"], highest["anomaly"]),
            xytext=(pd.Timestamp("1962-01-01"), 4), arrowprops={"arrowstyle": "->"},
        )
        chart.set(xlabel="year", ylabel="temperature anomaly (°C)", title="El Niño")
        """,
        (1, 2, 2), "1 of 2 points: the line goes to and fro in time.",
    ),
    Answer(
        "temperatures, no note",
        """
        in_time = months.sort_values("date")
        chart.plot(in_time["date"], in_time["celsius"])
        chart.set(xlabel="year", ylabel="sea surface temperature (°C)", title="El Niño")
        """,
        (0, 1, 0), "There is no note in `chart` yet",
    ),
    Answer(
        "numbers of rows across",
        """
        in_time = months.sort_values("date").reset_index()
        chart.plot(in_time.index, in_time["anomaly"])
        chart.annotate("June 1983", xy=(401, 4.6))
        chart.set(xlabel="month", ylabel="anomaly (degrees Celsius)", title="El Niño")
        """,
        (0, 2, 2), "Of your line, nobody can tell which year is where.",
    ),
    Answer(
        "years across",
        """
        in_time = months.sort_values("date")
        chart.plot(in_time["date"].dt.year, in_time["anomaly"])
        chart.annotate("1983", xy=(1983, 4.6))
        chart.set(xlabel="year", ylabel="anomaly in °C", title="El Niño")
        """,
        (0, 2, 2), "Several months stand one above the other.",
    ),
    Answer(
        "no unit, and a note at the other El Niño",
        """
        in_time = months.sort_values("date")
        chart.plot(in_time["date"], in_time["anomaly"])
        chart.annotate("El Niño of 1997", xy=(pd.Timestamp("1997-12-01"), 4.4))
        chart.set(xlabel="year", ylabel="anomaly", title="El Niño")
        """,
        (2, 1, 0), "1 point is missing: no note points to the highest month.",
    ),
    Answer(
        "no names, and a note without its year",
        """
        in_time = months.sort_values("date")
        chart.plot(in_time["date"], in_time["anomaly"])
        chart.annotate("the highest", xy=(pd.Timestamp("1983-06-01"), 4.6))
        """,
        (2, 0, 1), "1 point is missing: no note says in which year the highest month was.",
    ),
    Answer(
        "right: by pandas",
        """
        months.sort_values("date").plot(x="date", y="anomaly", ax=chart, legend=False)
        chart.annotate("1983", xy=("1983-06-01", 4.6), xytext=("1970-01-01", 4))
        chart.set(xlabel="Time", ylabel="Warmer than usual by ... ℃")
        """,
        (2, 2, 2),
    ),
    Answer(
        "right: by pyplot, with a text and a line at zero",
        """
        in_time = months.set_index("date")["anomaly"].sort_index()
        plt.axhline(0, color="grey")
        plt.plot(in_time)
        plt.text(in_time.idxmax(), in_time.max(), "El Niño, 1983")
        plt.xlabel("Date")
        plt.ylabel("Difference from the usual temperature [°C]")
        """,
        (2, 2, 2),
    ),
]  # fmt: skip
