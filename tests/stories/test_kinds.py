"""What happened: a sentence, and ACLED's name for it."""

from __future__ import annotations

import pytest

MISSILE = "Shelling/artillery/missile attack"
AIR = "Air/drone strike"
IED = "Remote explosive/landmine/IED"
CLASH = "Armed clash"
ATTACK = "Attack"
ABDUCTION = "Abduction/forced disappearance"
EXCESS = "Excessive force against protesters"
DOWNED = "Disrupted weapons use"
PROPERTY = "Looting/property destruction"

STORIES = [
    ("Artillery shelled the centre of Harv on Monday.", MISSILE),
    ("Two rockets slammed into a market in Nabat on Monday.", MISSILE),
    ("A missile attack on Harv damaged a school on Monday.", MISSILE),
    ("Mortar fire hit a queue for bread in Darsal on Monday.", MISSILE),
    ("Dobro came under heavy shelling on Monday.", MISSILE),
    ("A barrage of rockets was fired at Bekaat on Monday.", MISSILE),
    ("Multiple rocket launchers bombarded Lymna on Monday.", MISSILE),
    ("An S-300 missile hit a hotel in Harv on Monday.", MISSILE),
    ("An airstrike destroyed a clinic in Nabat on Monday.", AIR),
    ("Israeli warplanes bombed a house in Bekaat on Monday.", AIR),
    ("A drone attack set a depot in Orsk ablaze on Monday.", AIR),
    ("Drones struck an oil terminal in Orsk on Monday.", AIR),
    ("A barrel bomb dropped by a helicopter hit Darsal on Monday.", AIR),
    ("A Shahed drone crashed into a tower block in Dobro on Monday.", AIR),
    ("A suicide bomber blew himself up in a mosque in Maiduk on Monday.", "Suicide bomb"),
    ("A woman detonated her explosive vest at a checkpoint in Maiduk on Monday.", "Suicide bomb"),
    ("A car bomb exploded outside a court in Darsal on Monday.", IED),
    ("A roadside bomb hit a convoy near Tessal on Monday.", IED),
    ("A bus drove over a landmine near Tessal on Monday.", IED),
    ("An improvised explosive device went off in Maiduk on Monday.", IED),
    ("Guerrillas blew up a bridge in Tessal on Monday with dynamite.", IED),
    ("Attackers threw a grenade into a bar in Darsal on Monday.", "Grenade"),
    ("Medics in Nabat reported a chlorine gas attack on Monday.", "Chemical weapon"),
    ("Heavy fighting broke out in Darsal on Monday.", CLASH),
    ("Soldiers and rebels exchanged fire near Tessal on Monday.", CLASH),
    ("Militants ambushed an army convoy near Tessal on Monday.", CLASH),
    ("Jihadists stormed a military base in Tessal on Monday.", CLASH),
    ("Troops repelled a rebel assault on Darsal on Monday.", CLASH),
    ("The army recaptured the town of Darsal on Monday.", "Government regains territory"),
    ("Rebels seized control of Darsal on Monday.", "Non-state actor overtakes territory"),
    ("Gunmen opened fire on worshippers in Maiduk on Monday.", ATTACK),
    ("A journalist was shot dead in Darsal on Monday.", ATTACK),
    ("A man stabbed three passers-by in Dobro on Monday.", ATTACK),
    ("The mayor was assassinated in Tessal on Monday.", ATTACK),
    ("Fighters massacred villagers in Darsal on Monday.", ATTACK),
    ("Soldiers raped women in Darsal on Monday.", "Sexual violence"),
    ("Gunmen kidnapped 40 pupils in Maiduk on Monday.", ABDUCTION),
    ("Two aid workers were abducted in Tessal on Monday.", ABDUCTION),
    ("Protesters marched through Dobro on Monday.", "Peaceful protest"),
    ("Police fired at protesters in Maiduk on Monday.", EXCESS),
    ("Soldiers opened fire on demonstrators in Darsal on Monday, killing four.", EXCESS),
    ("Demonstrators were shot dead by security forces in Darsal on Monday.", EXCESS),
    ("The army captured the town of Darsal on Monday.", "Government regains territory"),
    ("Government forces took control of Darsal on Monday.", "Government regains territory"),
    ("Russian forces captured the city of Harv on Monday.", "Non-state actor overtakes territory"),
    ("Ukrainian forces captured the city of Harv on Monday.", "Government regains territory"),
    ("Two brothers were shot in Maiduk on Monday.", ATTACK),
    ("Unknown men killed a lawyer in Tessal on Monday.", ATTACK),
    ("Rebels launched an attack on Darsal on Monday.", ATTACK),
    ("An angry mob rampaged through Maiduk on Monday.", "Mob violence"),
    ("Air defences shot down six drones over Orsk on Monday.", DOWNED),
    ("Sappers defused a car bomb in Darsal on Monday.", DOWNED),
    ("Armed men looted shops in Darsal on Monday.", PROPERTY),
    ("Saboteurs set fire to a rail depot in Orsk on Monday.", PROPERTY),
    ("Артиллерия обстреляла Орск в понедельник.", MISSILE),
    ("Беспилотник атаковал завод в Орске в понедельник.", AIR),
    ("На мине подорвался автобус в Орске в понедельник.", IED),
    ("Боевики похитили врача в Орске в понедельник.", ABDUCTION),
    ("ПВО сбила три дрона в Орске в понедельник.", DOWNED),
    ("Росіяни обстріляли Харв у понеділок.", MISSILE),
    ("Безпілотник вдарив по будинку у Харві в понеділок.", AIR),
]


@pytest.mark.parametrize(("sentence", "kind"), STORIES, ids=[s[0][:60] for s in STORIES])
def test_a_sentence_tells_of_this_kind(tell, sentence, kind):
    (event,) = tell(sentence).events
    assert event.sub_event_type == kind
    assert event.time is not None
    assert event.time.start.date().isoformat() == "2024-03-11"


WEAPONS = [
    ("Two S-300 missiles hit Harv.", {"S-300"}),
    ("Grad rockets hit Lymna.", {"Grad"}),
    ("Shahed drones hit Dobro.", {"Shahed"}),
    ("Cluster munitions were fired at Lymna, hitting a bus.", {"cluster munition"}),
    ("A cruise missile hit Orsk.", {"cruise missile"}),
    ("A guided aerial bomb hit a house in Harv in the attack.", {"glide bomb"}),
    ("Men with machetes attacked and killed five farmers in Maiduk.", {"knife"}),
    ("Gunmen with assault rifles opened fire in Maiduk.", {"rifle"}),
    ("A missile alert sounded as shells hit Harv.", {"shell"}),
]


@pytest.mark.parametrize(("sentence", "weapons"), WEAPONS, ids=[w[0][:50] for w in WEAPONS])
def test_weapons_are_named(tell, sentence, weapons):
    (event,) = tell(sentence).events
    assert weapons <= set(event.weapons)
    assert "missile" not in set(event.weapons) or "missile" in weapons or "S-300" in weapons
